package org.trimtab.experiments.engine;

import org.trimtab.head.TaskSpec;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tuning.ModelSources;

/** The engine that trains, predicting with the model as it is. */
public final class PyTorchEngine implements InferenceEngine {
  @Override
  public String name() {
    return "pytorch";
  }

  @Override
  public Backing open(ModelSources<?> sources) {
    return new Computing(sources.open());
  }

  private record Computing(Tensors tensors) implements Backing {
    @Override
    public <Y> Predictor<Y> predictor(Model<Y> model, TaskSpec<Y> task) {
      return Evaluator.computing(model);
    }
  }
}
