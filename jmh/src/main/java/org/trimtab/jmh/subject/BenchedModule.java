package org.trimtab.jmh.subject;

import java.util.List;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.UserError;
import org.trimtab.batch.Batch;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Trace;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** A method's own tensors, over a stand-in for the backbone. */
public final class BenchedModule implements AutoCloseable {
  private final Model<Integer> model;
  private final Batch batch;
  private final StandIn standIn;

  private BenchedModule(Model<Integer> model, BatchShape shape) {
    this.model = model;
    batch = shape.batch();
    StackSpec text = model.backbone().spec().textStack();
    int promptRows = model.module().footprint(text.stack()).promptRows();
    standIn = new StandIn(model.backbone().spec(), shape, promptRows, model.tensors());
  }

  /**
   * Makes the method's module; the backbone's weights are there to be read, as DoRA does.
   *
   * @throws UserError if there is no such choice, or the method has nothing of its own
   */
  public static BenchedModule open(Choice choice, BatchShape shape) {
    Model<Integer> model = Presets.model(choice);
    if (model.module().params().isEmpty()) {
      model.backbone().close();
      throw new UserError("method: " + choice.method() + " has no tensors of its own");
    }
    return new BenchedModule(model, shape);
  }

  /** What the method adds to a pass, its dropout off. */
  public double forward() {
    Tensors tensors = model.tensors();
    return tensors.withoutGraph(() -> tensors.doubles(pass(Dropout.OFF))[0]);
  }

  /** The same with its dropout on, and the gradients of its tensors. */
  public double forwardBackward() {
    Tensors tensors = model.tensors();
    PeftModule module = model.module();
    return tensors.freeing(
        () -> tensors.gradients(List.of(() -> pass(Dropout.ON)), module.params()).loss());
  }

  private Tensor pass(Dropout dropout) {
    Forward forward =
        new Forward(dropout, feature -> model.features().of(feature, batch), Trace.NONE);
    return standIn.pass(model.module().contribute(forward));
  }

  @Override
  public void close() {
    model.backbone().close();
  }
}
