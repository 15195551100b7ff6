package org.trimtab.experiments.trial;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.head.Prediction;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.task.Example;
import org.trimtab.task.Split;

/** What finished runs say of their tasks' own data, with the numbers that a benchmark gives. */
public final class Answers {
  private final ExperimentFiles experiments;
  private final MethodRegistry methods;

  @Inject
  public Answers(ExperimentFiles experiments, MethodRegistry methods) {
    this.experiments = experiments;
    this.methods = methods;
  }

  /** The answers to parts of the data, by their names; a part that isn't there is absent. */
  public Map<String, List<Answer>> of(
      ExperimentConfig config, RunFolder folder, List<String> splits) {
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.ofSaved(config, experiments, files)) {
      return of(inputs, folder, splits);
    }
  }

  private <Y> Map<String, List<Answer>> of(
      TrialInputs<Y> inputs, RunFolder folder, List<String> splits) {
    Map<String, List<Answer>> answers = new LinkedHashMap<>();
    try (Trial<Y> trial = Trial.ofSaved(inputs, folder, methods)) {
      for (Split<Y> split : inputs.splits().all()) {
        if (splits.contains(split.name())) {
          answers.put(split.name(), of(inputs, split, trial.predict(split)));
        }
      }
    }
    return answers;
  }

  private static <Y> List<Answer> of(
      TrialInputs<Y> inputs, Split<Y> split, List<Prediction<Y>> predictions) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      Example<Y> example = split.examples().get(i);
      String value = inputs.task().format(predictions.get(i).value());
      answers.add(new Answer(example.source(), example.origin(), value));
    }
    return answers;
  }
}
