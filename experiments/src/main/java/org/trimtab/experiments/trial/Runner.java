package org.trimtab.experiments.trial;

import static java.util.stream.Collectors.joining;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.experiments.changes.Change;
import org.trimtab.experiments.changes.Changes;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunLock;
import org.trimtab.experiments.watch.TensorBoardLog;
import org.trimtab.head.Prediction;
import org.trimtab.json.Json;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Task;
import org.trimtab.train.CheckpointFile;
import org.trimtab.train.Training;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.TrainingListeners;

/** Runs trials, and reads finished ones back. */
public final class Runner {
  private final ExperimentFiles experiments;
  private final MethodRegistry methods;

  @Inject
  public Runner(ExperimentFiles experiments, MethodRegistry methods) {
    this.experiments = experiments;
    this.methods = methods;
  }

  /**
   * How a trial is to be run.
   *
   * @param force whether a finished trial is run again, and an unfinished one from its beginning
   * @param renew whether an interrupted trial begins anew, rather than being refused, where
   *     something has changed since
   * @param allowed what may differ from the interrupted process
   * @param commandLine for the provenance
   * @param listener of the training in a folder
   * @param stop whether the training is to end early
   */
  public record Request(
      boolean force,
      boolean renew,
      Set<Change> allowed,
      List<String> commandLine,
      Function<RunFolder, TrainingListener> listener,
      BooleanSupplier stop) {}

  /** A trial's folder, and whether it was finished before. */
  public record Done(RunFolder folder, boolean before) {}

  /**
   * Runs the trial of {@code config}, which has one seed, unless it is finished; an interrupted one
   * goes on from its last checkpoint.
   *
   * @param experiment the folder of all its trials
   */
  public Done run(ExperimentConfig config, Path experiment, Request request) {
    try (InputFiles files = new InputFiles()) {
      return run(config, experiment, request, files);
    }
  }

  /** As {@link #run}, with files that other trials may have read before. */
  public Done run(ExperimentConfig config, Path experiment, Request request, InputFiles files) {
    try (TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      RunFolder folder = new RunFolder(experiment.resolve(inputs.id()));
      return folder.finished() && !request.force()
          ? new Done(folder, true)
          : train(inputs, folder, request);
    }
  }

  /**
   * What a trial is.
   *
   * @param id the name of its folder
   * @param settings what determines its result, by key, the data and the backbone among them
   */
  public record Identity(String id, Map<String, String> settings) {}

  /** Opens what the trial of {@code config}, which has one seed, reads, and says what it is. */
  public Identity identify(ExperimentConfig config, InputFiles files) {
    try (TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      Map<String, String> settings = new LinkedHashMap<>(experiments.settings(config));
      settings.put("data_sha256", inputs.dataSha256());
      settings.put("backbone_sha256", inputs.backbone().sha256());
      settings.put("tokenizer_sha256", inputs.backbone().tokenizerSha256());
      return new Identity(inputs.id(), settings);
    }
  }

  /** Builds the trial of {@code config}, which has one seed, and measures a few steps of it. */
  public Estimate estimate(ExperimentConfig config, InputFiles files) {
    try (TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      return estimate(inputs);
    }
  }

  private <Y> Estimate estimate(TrialInputs<Y> inputs) {
    try (Trial<Y> trial = new Trial<>(inputs, new Assembly(methods).create(inputs))) {
      return trial.estimate();
    }
  }

  /**
   * Goes on with an interrupted trial.
   *
   * @throws UserError if it isn't one, or if what determines the result has changed
   */
  public Done resume(RunFolder folder, Request request) {
    if (folder.finished()) {
      return new Done(folder, true);
    }
    ExperimentConfig config = experiments.load(folder.config(), List.of(), Optional.empty());
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      return train(inputs, folder, request);
    }
  }

  private <Y> Done train(TrialInputs<Y> inputs, RunFolder folder, Request request) {
    PeakMemory.reset();
    try (Trial<Y> trial = new Trial<>(inputs, new Assembly(methods).create(inputs))) {
      folder.create();
      return RunLock.holding(folder, () -> train(trial, folder, request));
    }
  }

  private <Y> Done train(Trial<Y> trial, RunFolder folder, Request request) {
    if (folder.finished() && !request.force()) {
      return new Done(folder, true); // by a process that held the lock until now
    }
    prepare(trial.inputs(), folder, request);
    TrialCheckpoints checkpoints = checkpoints(trial, folder, request);
    checkpoints.rewindLog();
    try (TensorBoardLog events = new TensorBoardLog(folder.events())) {
      TrainingListener listener =
          new TrainingListeners(
              List.of(new MetricsLog(folder), events, request.listener().apply(folder)));
      finish(trial, folder, trial.train(listener, checkpoints), checkpoints);
    }
    return new Done(folder, false);
  }

  private void prepare(TrialInputs<?> inputs, RunFolder folder, Request request) {
    Map<String, Object> provenance = new Provenance(experiments).of(inputs, request.commandLine());
    if (folder.interrupted() && !request.force() && goesOn(folder, provenance, request)) {
      folder.forgetFailure();
    } else {
      folder.begin();
    }
    AtomicFile.writeText(folder.config(), experiments.write(inputs.config()));
    AtomicFile.writeText(folder.provenance(), Json.pretty(provenance));
  }

  private static boolean goesOn(RunFolder folder, Map<String, Object> provenance, Request request) {
    if (request.renew()) {
      return Changes.since(folder, provenance, request.allowed()).isEmpty();
    }
    Changes.requireNone(folder, provenance, request.allowed());
    return true;
  }

  private static TrialCheckpoints checkpoints(Trial<?> trial, RunFolder folder, Request request) {
    Model<?> model = trial.model();
    return new TrialCheckpoints(
        new CheckpointFile(folder.checkpoint(), model.params(), model.tensors()),
        folder,
        trial.inputs().config().checkpoint(),
        request.stop());
  }

  private <Y> void finish(
      Trial<Y> trial, RunFolder folder, Training.Outcome outcome, TrialCheckpoints checkpoints) {
    TrialInputs<Y> inputs = trial.inputs();
    Trial<Y> folded = new Trial<>(inputs, trial.model().fold());
    Scores<Y> scores = folded.scores();
    RunFolder.lines(
        folder.predictions(),
        PredictionLines.of(inputs.task(), inputs.scored(), scores.predictions()));
    new AdapterFiles(folder.adapter())
        .save(folded.model(), inputs, methods.nameOf(inputs.config().method()));
    AtomicFile.writeText(folder.adapterExperiment(), experiments.write(inputs.config()));
    String result = Result.json(trial, outcome, scores, checkpoints.seconds());
    AtomicFile.writeText(folder.result(), result);
    folder.end();
  }

  /** The metrics of the saved model, computed anew on its dev sets. */
  public Map<String, OptionalDouble> evaluate(ExperimentConfig config, RunFolder folder) {
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.ofSaved(config, experiments, files)) {
      return evaluate(inputs, folder);
    }
  }

  private <Y> Map<String, OptionalDouble> evaluate(TrialInputs<Y> inputs, RunFolder folder) {
    try (Trial<Y> trial = Trial.ofSaved(inputs, folder, methods)) {
      return trial.scores().metrics();
    }
  }

  /**
   * What the saved model says of {@code examples}: value as people read it, and scores, an example
   * each.
   */
  public List<Map<String, Object>> predict(
      ExperimentConfig config, RunFolder folder, List<Example<?>> examples) {
    if (examples.isEmpty()) {
      throw new UserError("nothing to predict; allowed texts, or --file FILE with a text a line");
    }
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.withoutData(config, files)) {
      return predict(inputs, folder, examples);
    }
  }

  /** What the saved model says of a part of the task's own data, such as {@code test}. */
  public List<Map<String, Object>> predictSplit(
      ExperimentConfig config, RunFolder folder, String name) {
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.ofSaved(config, experiments, files)) {
      return predictSplit(inputs, folder, name);
    }
  }

  private <Y> List<Map<String, Object>> predictSplit(
      TrialInputs<Y> inputs, RunFolder folder, String name) {
    List<Split<Y>> splits = inputs.splits().all();
    Split<Y> split =
        splits.stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "--split: the data have no such part; found "
                            + name
                            + "; allowed "
                            + splits.stream().map(Split::name).collect(joining(", "))));
    return predict(inputs, folder, split);
  }

  private <Y> List<Map<String, Object>> predict(
      TrialInputs<Y> inputs, RunFolder folder, List<Example<?>> examples) {
    requireTexts(inputs.task());
    List<Example<Y>> typed = new ArrayList<>();
    examples.forEach(
        e -> typed.add(new Example<>(e.source(), e.text(), e.pair(), Optional.empty())));
    return predict(inputs, folder, new Split<>("given", Path.of(""), false, 0, typed));
  }

  private static void requireTexts(Task<?> task) {
    if (!task.spec().ofPlainTexts()) {
      throw new UserError(
          "the task "
              + task.name()
              + " reads more of an example than a text or a pair; allowed --split NAME");
    }
  }

  private <Y> List<Map<String, Object>> predict(
      TrialInputs<Y> inputs, RunFolder folder, Split<Y> split) {
    try (Trial<Y> trial = Trial.ofSaved(inputs, folder, methods)) {
      List<Prediction<Y>> predictions = trial.predict(split);
      List<Map<String, Object>> lines = PredictionLines.of(inputs.task(), split, predictions);
      List<Boolean> truncated = trial.truncated(split);
      for (int i = 0; i < lines.size(); i++) {
        lines.get(i).put("predicted", inputs.task().display(predictions.get(i).value()));
        lines.get(i).put("truncated", truncated.get(i));
      }
      return lines;
    }
  }

  /**
   * The settings of a saved model.
   *
   * @param sets the command line's, such as where the backbone lies here
   */
  public ExperimentConfig configOf(RunFolder folder, List<String> sets) {
    return experiments.load(folder.saved(), sets, Optional.empty());
  }
}
