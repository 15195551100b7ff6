package org.trimtab.experiments.trial;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.base.UserError;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.peft.file.PeftAdapter;
import org.trimtab.plugin.MethodRegistry;

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
   */
  public ExperimentConfig configOf(RunFolder folder, List<String> sets, Optional<Path> data) {
    boolean ofFile = Files.isRegularFile(folder.path());
    Path file = ofFile ? folder.path() : folder.saved();
    ExperimentConfig config = experiments.load(file, sets, data);
    if (config.adapter().isPresent() != ofFile) {
      throw new UserError(
          ofFile
              ? file + ": names no adapter, and so nothing that is trained; allowed adapter: DIR"
              : folder.path() + ": adapter: a run has its own; allowed in an experiment's file");
    }
    return config;
  }

  /** The model that was saved in {@code folder}, with its task's data. */
  public SavedRun<?> open(ExperimentConfig config, RunFolder folder) {
    return open(folder, files -> TrialInputs.ofSaved(config, experiments, files), true);
  }

  /** As {@link #open}, but without data: enough to predict texts. */
  public SavedRun<?> openWithoutData(ExperimentConfig config, RunFolder folder) {
    return open(folder, files -> TrialInputs.withoutData(config, experiments, files), false);
  }

  private Optional<String> warning(TrialInputs<?> inputs) {
    List<String> warnings = new Assembly(methods).warnings(inputs);
    return warnings.isEmpty()
        ? Optional.empty()
        : Optional.of("warning: " + String.join("; ", warnings));
  }

  private static Optional<String> warning(List<String> changesOfData) {
    return changesOfData.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "warning: the data are not those that the run was trained and scored on: "
                + String.join(", ", changesOfData));
  }

  private SavedRun<?> open(
      RunFolder folder, Function<InputFiles, TrialInputs<?>> read, boolean withData) {
    InputFiles files = new InputFiles();
    try {
      TrialInputs<?> inputs = read.apply(files);
      if (inputs.config().adapter().isPresent()) {
        PeftAdapter adapter = PeftAdapter.read(inputs.config().adapter().get(), methods);
        Trial<?> trial = Trial.ofAdapter(inputs, adapter, methods);
        return new SavedRun<>(trial, files, warning(inputs));
      }
      Trial<?> trial = Trial.ofSaved(inputs, folder, methods);
      List<String> changes =
          withData ? new AdapterFiles(folder.savedAdapter()).changesOfData(inputs) : List.of();
      return new SavedRun<>(trial, files, warning(changes));
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }
}
