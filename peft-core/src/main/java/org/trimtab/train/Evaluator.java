package org.trimtab.train;

import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.trimtab.backbone.Dropout;
import org.trimtab.task.Batch;
import org.trimtab.task.Prediction;
import org.trimtab.tensor.Tensor;

/** Predicts whole splits, with every dropout off and without a graph. */
public final class Evaluator {
  private Evaluator() {}

  /**
   * The predictions of all examples of {@code batches}, in the order of the split.
   *
   * @param examples how many examples the batches hold in all
   */
  public static <Y> List<Prediction<Y>> predict(Model<Y> model, List<Batch> batches, int examples) {
    List<Prediction<Y>> ordered = new ArrayList<>(Collections.nCopies(examples, null));
    for (Batch batch : batches) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Tensor scores = model.scores(Inputs.of(batch, model.tensors()), Dropout.OFF);
        List<Prediction<Y>> predictions = model.predictions(scores);
        for (int i = 0; i < predictions.size(); i++) {
          ordered.set(batch.indices().get(i), predictions.get(i));
        }
      }
    }
    return ordered;
  }
}
