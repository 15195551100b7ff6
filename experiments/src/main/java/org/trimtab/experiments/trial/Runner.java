package org.trimtab.experiments.trial;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.changes.Change;
import org.trimtab.experiments.changes.Changes;
import org.trimtab.experiments.process.PeakMemory;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.runs.PredictionFile;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunLock;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.track.TrackedRun;
import org.trimtab.experiments.track.Trackers;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.experiments.watch.MetricsLog;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.train.CheckpointFile;
import org.trimtab.train.Training;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.TrainingListeners;
import org.trimtab.tuning.AdapterFiles;
import org.trimtab.tuning.ModelAssembly;

/** Runs trials. */
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
   * @param sweep that the trial is one of; whether it can be tracked was found out before
   * @param listener of the training in a folder
   * @param stop whether the training is to end early
   */
  public record Request(
      boolean force,
      boolean renew,
      Set<Change> allowed,
      List<String> commandLine,
      Optional<String> sweep,
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
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      return run(inputs, experiment, request);
    }
  }

  /** As {@link #run}, of inputs that are open. */
  public Done run(TrialInputs<?> inputs, Path experiment, Request request) {
    RunFolder folder = new RunFolder(experiment.resolve(inputs.id()));
    return !request.force() && folder.finished()
        ? new Done(folder, true)
        : train(inputs, folder, request);
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
      Map<String, String> settings = new LinkedHashMap<>(inputs.settings());
      settings.putAll(inputs.hashes().hashes());
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
    try (Trial<Y> trial =
        new Trial<>(inputs, new ModelAssembly(methods).create(inputs.sources(), inputs.splits()))) {
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
    ExperimentConfig config = experiments.loadWritten(folder.config());
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      requireOwnName(folder, inputs.id());
      return train(inputs, folder, request);
    }
  }

  /** Without a checkpoint a trial begins anew, which it may not do under another one's name. */
  private static void requireOwnName(RunFolder folder, String id) {
    boolean ofAnother = folder.name().matches("[0-9a-f]{12}") && !folder.name().equals(id);
    if (ofAnother && !folder.interrupted()) {
      throw new UserError(
          folder.path()
              + ": has no checkpoint to go on from, and its config.yaml, data or backbone are now"
              + " those of another trial, "
              + id
              + "; trimtab run begins that one");
    }
  }

  private <Y> Done train(TrialInputs<Y> inputs, RunFolder folder, Request request) {
    if (request.sweep().isEmpty()) {
      trackers(inputs).requireReady();
    }
    PeakMemory.reset();
    try (Trial<Y> trial =
        new Trial<>(inputs, new ModelAssembly(methods).create(inputs.sources(), inputs.splits()))) {
      new ModelAssembly(methods).warnings(inputs.sources()).forEach(trial.training()::warn);
      folder.create();
      return RunLock.holding(folder, () -> train(trial, folder, request));
    }
  }

  private <Y> Done train(Trial<Y> trial, RunFolder begun, Request request) {
    if (!request.force() && begun.finished()) {
      return new Done(begun, true); // by a process that held the lock until now
    }
    RunFolder folder = prepare(trial, begun, request);
    TrialCheckpoints checkpoints = checkpoints(trial, folder, request);
    checkpoints.rewindLog();
    TrainingListener listener = request.listener().apply(folder);
    trackers(trial.inputs())
        .track(
            tracked(trial.inputs(), folder, request, listener),
            tracker -> {
              TrainingListener all =
                  new TrainingListeners(List.of(new MetricsLog(folder), tracker, listener));
              return finish(trial, folder, trial.training().train(all, checkpoints), checkpoints);
            });
    return new Done(folder, false);
  }

  private static Trackers trackers(TrialInputs<?> inputs) {
    return new Trackers(RunTrackers.of(inputs.config()));
  }

  private static TrackedRun tracked(
      TrialInputs<?> inputs, RunFolder folder, Request request, TrainingListener listener) {
    return new TrackedRun(
        folder,
        Provenance.read(folder),
        inputs.task().name(),
        request.sweep(),
        listener::onWarning);
  }

  /** Makes the folder ready to begin in or to go on in, and says which it is from here on. */
  private RunFolder prepare(Trial<?> trial, RunFolder begun, Request request) {
    TrialInputs<?> inputs = trial.inputs();
    Provenance provenance = new ProvenanceMaker(experiments).of(inputs, request.commandLine());
    RunFolder folder = begun;
    if (begun.interrupted() && !request.force() && goesOn(begun, provenance, request)) {
      begun.forgetFailure();
      folder = withItsName(trial, begun, provenance, request);
    } else {
      begun.begin();
    }
    AtomicFile.writeText(folder.config(), experiments.write(inputs.config()));
    provenance.named(folder.name()).write(folder);
    return folder;
  }

  /** A trial that goes on with changes is neither the one that it was nor the one it would be. */
  private static RunFolder withItsName(
      Trial<?> trial, RunFolder begun, Provenance provenance, Request request) {
    if (Changes.since(begun, provenance, EnumSet.of(Change.VERSION)).isEmpty()) {
      return begun;
    }
    TrialInputs<?> inputs = trial.inputs();
    Changes.requireResumable(begun, provenance);
    checkpoints(trial, begun, request)
        .requirePlace(inputs.config().train(), inputs.splits().train().examples().size());
    return begun.moved(inputs.id());
  }

  private static boolean goesOn(RunFolder folder, Provenance provenance, Request request) {
    if (request.renew()) {
      return Changes.since(folder, provenance, request.allowed()).isEmpty();
    }
    Changes.requireNone(folder, provenance, request.allowed());
    return true;
  }

  private static TrialCheckpoints checkpoints(Trial<?> trial, RunFolder folder, Request request) {
    return new TrialCheckpoints(
        new CheckpointFile(folder.checkpoint(), trial.recipe().params()),
        folder,
        trial.inputs().config().checkpoint(),
        request.stop());
  }

  private <Y> RunResult finish(
      Trial<Y> trial, RunFolder folder, Training.Outcome outcome, TrialCheckpoints checkpoints) {
    TrialInputs<Y> inputs = trial.inputs();
    Trial<Y> folded = trial.folded();
    Trial.Scores<Y> scores = folded.scores();
    PredictionFile.write(
        folder.predictions(),
        PredictionLines.of(inputs.task(), inputs.scored(), scores.predictions()));
    new AdapterFiles(folder.adapter()).save(folded.model(), inputs.sources(), inputs.taskSha256());
    AtomicFile.writeText(
        folder.adapterExperiment(),
        experiments.write(inputs.config().withoutAdapter().withoutTrackers().onAnyDevice()));
    RunResult result = ResultMaker.result(trial, outcome, scores, checkpoints.seconds());
    result.write(folder);
    folder.end();
    return result;
  }
}
