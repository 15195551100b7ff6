package org.trimtab.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.batch.Batch;
import org.trimtab.head.Prediction;

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
      List<Prediction<Y>> predictions = model.tensors().freeing(() -> predict(model, batch));
      for (int i = 0; i < predictions.size(); i++) {
        ordered.set(batch.indices().get(i), predictions.get(i));
      }
    }
    return ordered;
  }

  private static <Y> List<Prediction<Y>> predict(Model<Y> model, Batch batch) {
    Map<String, double[]> trace = new LinkedHashMap<>();
    List<Prediction<Y>> predictions =
        model.predict(batch, (name, values) -> trace.put(name, model.tensors().doubles(values)));
    int choices = batch.ids().length / batch.indices().size();
    List<Prediction<Y>> traced = new ArrayList<>();
    for (Prediction<Y> prediction : predictions) {
      traced.add(prediction.withTrace(own(trace, traced.size(), choices)));
    }
    return traced;
  }

  /** What was traced of an example's rows; of several, under each row's number. */
  private static Map<String, Double> own(Map<String, double[]> trace, int example, int rows) {
    Map<String, Double> own = new LinkedHashMap<>();
    trace.forEach(
        (name, values) -> {
          for (int row = 0; row < rows; row++) {
            own.put(rows == 1 ? name : name + "[" + row + "]", values[example * rows + row]);
          }
        });
    return own;
  }
}
