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

  /** The predictions of a split's examples in its order; {@code batches} hold each once. */
  public static <Y> List<Prediction<Y>> predict(Model<Y> model, List<Batch> batches) {
    return predict(computing(model), batches);
  }

  /** As {@link #predict(Model, List)}, of whatever predicts. */
  public static <Y> List<Prediction<Y>> predict(Predictor<Y> predictor, List<Batch> batches) {
    int examples = batches.stream().mapToInt(Batch::size).sum();
    List<Prediction<Y>> ordered = new ArrayList<>(Collections.nCopies(examples, null));
    for (Batch batch : batches) {
      List<Prediction<Y>> predictions = predictor.predict(batch);
      for (int i = 0; i < predictions.size(); i++) {
        ordered.set(batch.indices().get(i), predictions.get(i));
      }
    }
    return ordered;
  }

  /** The model itself, on its own backing, where each batch's tensors are freed. */
  public static <Y> Predictor<Y> computing(Model<Y> model) {
    return batch -> model.tensors().withoutGraph(() -> predict(model, batch));
  }

  private static <Y> List<Prediction<Y>> predict(Model<Y> model, Batch batch) {
    Map<String, double[]> trace = new LinkedHashMap<>();
    List<Prediction<Y>> predictions =
        model.predict(batch, (name, values) -> trace.put(name, model.tensors().doubles(values)));
    return traced(predictions, trace, batch);
  }

  /**
   * The predictions of a batch's examples with what was traced of each.
   *
   * @param trace of all choices (B K), by name
   */
  public static <Y> List<Prediction<Y>> traced(
      List<Prediction<Y>> predictions, Map<String, double[]> trace, Batch batch) {
    List<Prediction<Y>> traced = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < predictions.size(); i++) {
      int choices = batch.examples().get(i).size();
      traced.add(predictions.get(i).withTrace(own(trace, first, choices)));
      first += choices;
    }
    return traced;
  }

  /** What was traced of an example's choices; of several, under each one's number. */
  private static Map<String, Double> own(Map<String, double[]> trace, int first, int choices) {
    Map<String, Double> own = new LinkedHashMap<>();
    trace.forEach(
        (name, values) -> {
          for (int choice = 0; choice < choices; choice++) {
            own.put(choices == 1 ? name : name + "[" + choice + "]", values[first + choice]);
          }
        });
    return own;
  }
}
