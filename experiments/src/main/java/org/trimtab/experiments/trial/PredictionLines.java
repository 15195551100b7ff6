package org.trimtab.experiments.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.experiments.runs.PredictedExample;
import org.trimtab.head.Prediction;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Task;

/** Predictions with their texts. */
final class PredictionLines {
  private PredictionLines() {}

  /** A line for each example of {@code split}, its value whole. */
  static <Y> List<PredictedExample> of(
      Task<Y> task, Split<Y> split, List<Prediction<Y>> predictions) {
    return of(task, split, predictions, task::format);
  }

  /** As {@link #of}, with values as people read them. */
  static <Y> List<PredictedExample> shown(
      Task<Y> task, Split<Y> split, List<Prediction<Y>> predictions) {
    return of(task, split, predictions, task::display);
  }

  private static <Y> List<PredictedExample> of(
      Task<Y> task, Split<Y> split, List<Prediction<Y>> predictions, Function<Y, String> written) {
    List<PredictedExample> lines = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      Example<Y> example = split.examples().get(i);
      Prediction<Y> prediction = predictions.get(i);
      lines.add(
          new PredictedExample(
              i,
              given(example),
              example.gold().map(task::format),
              written.apply(prediction.value()),
              prediction.scores(),
              prediction.trace()));
    }
    return lines;
  }

  /** The texts of an example, and what names it. */
  private static PredictedExample.Given given(Example<?> example) {
    boolean several = example.choices().size() > 1;
    return new PredictedExample.Given(
        example.text(),
        several ? Optional.empty() : example.pair(),
        several ? example.choices().stream().flatMap(r -> r.pair().stream()).toList() : List.of(),
        example.origin().idx(),
        example.origin().candidate().map(BenchmarkIds.Candidate::text));
  }
}
