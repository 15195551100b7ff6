package org.trimtab.experiments.trial;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.PredictedExample;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.head.Prediction;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Task;
import org.trimtab.tuning.TaskModel;

/** A saved model in memory, and what it says of its task's data and of other texts. */
public final class SavedRun<Y> implements AutoCloseable {
  private final Trial<Y> trial;
  private final InputFiles files;
  private final Optional<String> warning;

  /**
   * Takes over {@code files}, which the trial reads.
   *
   * @param warning what a user is told before anything is predicted
   */
  SavedRun(Trial<Y> trial, InputFiles files, Optional<String> warning) {
    this.trial = trial;
    this.files = files;
    this.warning = warning;
  }

  /** What a user is told before anything is predicted; empty where all is as it was. */
  public Optional<String> warning() {
    return warning;
  }

  /**
   * Predictions of a split.
   *
   * @param truncated how many of the examples lost tokens
   */
  public record Predictions(List<PredictedExample> examples, long truncated) {}

  /** The metrics of its dev sets, computed anew. */
  public Map<String, OptionalDouble> metrics() {
    return trial.scores().metrics();
  }

  /**
   * What it says of examples without gold values.
   *
   * @throws UserError if its task reads more of an example than a text or a pair
   */
  public Predictions predict(List<Example<?>> examples) {
    requireTexts(trial.inputs().task());
    List<Example<Y>> typed = new ArrayList<>();
    examples.forEach(
        e -> typed.add(new Example<>(e.source(), e.text(), e.pair(), Optional.empty())));
    return predict(new Split<>("given", Path.of(""), false, List.of(), typed));
  }

  private static void requireTexts(Task<?> task) {
    if (!task.spec().ofPlainTexts()) {
      throw new UserError(
          "the task "
              + task.name()
              + " reads more of an example than a text or a pair; allowed --split NAME");
    }
  }

  /**
   * What it says of a part of the task's own data, such as {@code test}.
   *
   * @throws UserError if the data have no such part
   */
  public Predictions predictSplit(String name) {
    List<Split<Y>> splits = trial.inputs().splits().all();
    return splits.stream()
        .filter(split -> split.name().equals(name))
        .findFirst()
        .map(this::predict)
        .orElseThrow(
            () ->
                new UserError(
                    "--split: the data have no such part; found "
                        + name
                        + "; allowed "
                        + splits.stream().map(Split::name).collect(joining(", "))));
  }

  private Predictions predict(Split<Y> split) {
    TaskModel.Predictions<Y> said = trial.predict(split);
    return new Predictions(
        PredictionLines.shown(trial.inputs().task(), split, said.all()),
        said.truncated().stream().filter(truncated -> truncated).count());
  }

  /**
   * The answers to parts of the data, by their names; a part that isn't there is absent.
   *
   * @throws UserError if a row of a part was skipped, which then has no answer
   */
  public Map<String, List<Answer>> answers(List<String> splits) {
    Map<String, List<Answer>> answers = new LinkedHashMap<>();
    for (Split<Y> split : trial.inputs().splits().all()) {
      if (splits.contains(split.name())) {
        requireWhole(split);
        answers.put(split.name(), answers(split, trial.predict(split).all()));
      }
    }
    return answers;
  }

  private static void requireWhole(Split<?> split) {
    if (!split.skipped().isEmpty()) {
      throw new UserError(
          split.skipped().get(0)
              + ": the row has too few columns, and so no answer (such rows: "
              + split.skipped().size()
              + "); allowed a file in which every row can be answered");
    }
  }

  private List<Answer> answers(Split<Y> split, List<Prediction<Y>> predictions) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      Example<Y> example = split.examples().get(i);
      String value = trial.inputs().task().format(predictions.get(i).value());
      answers.add(new Answer(example.source(), example.origin(), value));
    }
    return answers;
  }

  @Override
  public void close() {
    trial.close();
    trial.inputs().close();
    files.close();
  }
}
