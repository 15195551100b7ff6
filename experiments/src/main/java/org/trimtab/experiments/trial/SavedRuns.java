package org.trimtab.experiments.trial;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.engine.InferenceEngine;
import org.trimtab.experiments.engine.PyTorchEngine;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Tensors;
import org.trimtab.tuning.AdapterFiles;
import org.trimtab.tuning.ModelAssembly;
import org.trimtab.tuning.SavedUse;

/** Opens what finished runs have saved, and experiments that begin with an adapter. */
public final class SavedRuns {
  private final ExperimentFiles experiments;
  private final MethodRegistry methods;

  @Inject
  public SavedRuns(ExperimentFiles experiments, MethodRegistry methods) {
    this.experiments = experiments;
    this.methods = methods;
  }

  /**
   * The settings of a saved model.
   *
   * @param folder a run's, an adapter's, or an experiment's file that names an adapter
   * @param sets the command line's, such as where the backbone lies here
   * @param data as of {@link ExperimentFiles#load}
   * @param use what the model is for
   * @throws UserError if one of {@code sets} has no effect on that
   */
  public ExperimentConfig configOf(
      RunFolder folder, List<String> sets, Optional<Path> data, SavedUse use) {
    use.requireEffect(sets);
    boolean ofFile = Files.isRegularFile(folder.path());
    Path file = ofFile ? folder.path() : folder.saved();
    if (!ofFile) {
      experiments.loadWritten(file); // else its faults would be told as those of the sets
      if (sets.stream().anyMatch(set -> set.startsWith("adapter="))) {
        throw ofRun(folder);
      }
    }
    ExperimentConfig config = experiments.load(file, sets, data);
    if (!ofFile && config.adapter().isPresent()) {
      throw ofRun(folder);
    }
    if (ofFile && config.adapter().isEmpty()) {
      throw new UserError(
          file + ": names no adapter, and so nothing that is trained; allowed adapter: DIR");
    }
    return config;
  }

  private static UserError ofRun(RunFolder folder) {
    return new UserError(
        folder.path() + ": adapter: a run has its own; allowed in an experiment's file");
  }

  /** The model that was saved in {@code folder}, with its task's data. */
  public SavedRun<?> open(ExperimentConfig config, RunFolder folder) {
    return open(config, folder, new PyTorchEngine());
  }

  /** As {@link #open(ExperimentConfig, RunFolder)}, run by {@code engine}. */
  public SavedRun<?> open(ExperimentConfig config, RunFolder folder, InferenceEngine engine) {
    return open(folder, engine, files -> TrialInputs.ofSaved(config, experiments, files), true);
  }

  /** As {@link #open}, but without data: enough to predict texts. */
  public SavedRun<?> openWithoutData(
      ExperimentConfig config, RunFolder folder, InferenceEngine engine) {
    return open(
        folder, engine, files -> TrialInputs.withoutData(config, experiments, files), false);
  }

  /** A line for each thing that a user is told: of the backbone's files, then as of below. */
  private Optional<String> warnings(TrialInputs<?> inputs, RunFolder folder, boolean withData) {
    return Stream.concat(
            Stream.concat(inputs.backbone().warnings().stream(), rounded(inputs, folder).stream())
                .map(text -> "warning: " + text),
            warning(inputs, folder, withData).stream())
        .reduce((some, more) -> some + "\n" + more);
  }

  private static Optional<String> rounded(TrialInputs<?> inputs, RunFolder folder) {
    return inputs.config().adapter().isPresent()
        ? Optional.empty()
        : new AdapterFiles(folder.savedAdapter())
            .changeOfRounding(inputs.settings())
            .map(change -> "the model " + change);
  }

  /** What a user is told of the adapter, or of data that are not those of the run. */
  private Optional<String> warning(TrialInputs<?> inputs, RunFolder folder, boolean withData) {
    if (inputs.config().adapter().isPresent()) {
      List<String> warnings = new ModelAssembly(methods).warnings(inputs.sources());
      return warnings.isEmpty()
          ? Optional.empty()
          : Optional.of("warning: " + String.join("; ", warnings));
    }
    return withData
        ? warning(
            new AdapterFiles(folder.savedAdapter())
                .changesOfData(inputs.settings(), inputs.taskSha256()))
        : Optional.empty();
  }

  private static Optional<String> warning(List<String> changesOfData) {
    return changesOfData.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "warning: the data are not those that the run was trained and scored on: "
                + String.join(", ", changesOfData));
  }

  /**
   * The saved model itself, without data, and without rounding.
   *
   * @param tensors what it is built on, and which belongs to it from here on
   */
  public SavedModel<?> model(ExperimentConfig config, RunFolder folder, Tensors tensors) {
    InputFiles files = new InputFiles();
    try {
      return model(
          TrialInputs.withoutData(config.unmixed(), experiments, files), files, folder, tensors);
    } catch (RuntimeException e) {
      tensors.close();
      files.close();
      throw e;
    }
  }

  private <Y> SavedModel<Y> model(
      TrialInputs<Y> inputs, InputFiles files, RunFolder folder, Tensors tensors) {
    Model<Y> model =
        new ModelAssembly(methods).createSaved(inputs.sources(), folder.savedAdapter(), tensors);
    return new SavedModel<>(model, inputs, files);
  }

  private SavedRun<?> open(
      RunFolder folder,
      InferenceEngine engine,
      Function<InputFiles, TrialInputs<?>> read,
      boolean withData) {
    InputFiles files = new InputFiles();
    try {
      TrialInputs<?> inputs = read.apply(files);
      Optional<String> warning = warnings(inputs, folder, withData);
      return new SavedRun<>(Trial.ofSaved(inputs, folder, methods, engine), files, warning);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }
}
