package org.trimtab.experiments.engine;

import org.trimtab.head.TaskSpec;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;

/** The engine that trains, predicting with the model as it is. */
public final class PyTorchEngine implements InferenceEngine {
  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public Backing open(Precision precision) {
    return new Computing(DjlTensors.open(precision));
  }

  private record Computing(Tensors tensors) implements Backing {
    @Override
    public <Y> Predictor<Y> predictor(Model<Y> model, TaskSpec<Y> task) {
      return Evaluator.computing(model);
    }
  }
}
