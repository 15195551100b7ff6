package org.trimtab.method.prompt;

import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * A soft prompt whose rows are made of other parameters while these train; folded, the rows are
 * left.
 *
 * @param length P
 * @param source makes the rows
 * @param tensors makes the folded ones
 */
public record ReparameterizedPrompt(Placement placement, int length, Source source, Tensors tensors)
    implements PeftModule {
  /** What the rows are made of. */
  public interface Source {
    /** All that trains. */
    Params params();

    /** (P, H). */
    Tensor rows(Dropout dropout);
  }

  @Override
  public Params params() {
    return source.params();
  }

  @Override
  public Contribution contribute(Forward forward) {
    return placement.of(length, source.rows(forward.dropout()));
  }

  @Override
  public Footprint footprint(Stack stack) {
    return placement.footprint(stack, length);
  }

  @Override
  public PeftModule fold() {
    double[] rows = tensors.freeing(() -> tensors.doubles(source.rows(Dropout.OFF)));
    return new SoftPrompt(placement, length, tensors.of(rows, length, rows.length / length));
  }
}
