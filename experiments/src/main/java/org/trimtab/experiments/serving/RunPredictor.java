package org.trimtab.experiments.serving;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.trimtab.experiments.runs.PredictedExample;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.task.Example;

/** Answers rows of one task by its saved run. */
record RunPredictor(SavedRun<?> run) {
  List<Answer> predict(List<Row> rows) {
    SavedRun.Predictions predictions = run.predict(examples(rows));
    List<Boolean> truncated = truncated(rows, predictions.truncated());
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      PredictedExample example = predictions.examples().get(i);
      answers.add(new Answer(example.predicted(), example.scores(), truncated.get(i)));
    }
    return answers;
  }

  /**
   * Which rows lost tokens. A run counts them only, so where some did and others didn't, halves are
   * counted; batches sorted by length have the long ones side by side.
   */
  private List<Boolean> truncated(List<Row> rows, long count) {
    int size = rows.size();
    if (count == 0 || count == size) {
      return Collections.nCopies(size, count > 0);
    }
    List<Row> first = rows.subList(0, size / 2);
    long ofFirst = run.predict(examples(first)).truncated();
    List<Boolean> truncated = new ArrayList<>(truncated(first, ofFirst));
    truncated.addAll(truncated(rows.subList(size / 2, size), count - ofFirst));
    return truncated;
  }

  private static List<Example<?>> examples(List<Row> rows) {
    List<Example<?>> examples = new ArrayList<>();
    rows.forEach(
        row -> examples.add(new Example<>("text", row.text(), row.pair(), Optional.empty())));
    return examples;
  }
}
