package org.trimtab.experiments.engine;

import org.trimtab.head.TaskSpec;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tuning.ModelSources;

/** What computes a saved model's predictions; others than PyTorch are found as services. */
public interface InferenceEngine {
  /** As {@code --engine} says it. */
  String name();

  /**
   * Where the model of {@code sources} is to be built.
   *
   * @throws org.trimtab.base.Invalid if its settings name what this engine or machine doesn't have
   */
  Backing open(ModelSources<?> sources);

  /** One model's place in an engine. */
  interface Backing {
    /** Where the model's tensors go; closing them closes the model. */
    Tensors tensors();

    /**
     * What predicts as {@code model} does, which was built on {@link #tensors} and has its values.
     *
     * @param task what its examples have
     * @throws org.trimtab.base.UserError if the engine can't run it
     */
    <Y> Predictor<Y> predictor(Model<Y> model, TaskSpec<Y> task);
  }
}
