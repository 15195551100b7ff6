package org.trimtab.experiments.engine;

import org.trimtab.head.TaskSpec;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;

/** What computes a saved model's predictions; others than PyTorch are found as services. */
public interface InferenceEngine {
  /** As {@code --engine} says it. */
  String name();

  /** Where one model is to be built. */
  Backing open(Precision precision);

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
