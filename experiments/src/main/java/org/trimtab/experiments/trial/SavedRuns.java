package org.trimtab.experiments.trial;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.experiments.changes.SavedUse;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.plugin.MethodRegistry;

/** Opens what finished runs have saved. */
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
   * @param sets the command line's, such as where the backbone lies here
   * @throws org.trimtab.base.UserError if one of them has no effect on {@code use}
   */
  public ExperimentConfig configOf(RunFolder folder, List<String> sets, SavedUse use) {
    use.requireEffect(sets);
    experiments.loadWritten(folder.saved()); // else its faults would be told as those of the sets
    return experiments.load(folder.saved(), sets, Optional.empty());
  }

  /** The model that was saved in {@code folder}, with its task's data. */
  public SavedRun<?> open(ExperimentConfig config, RunFolder folder) {
    return open(folder, files -> TrialInputs.ofSaved(config, experiments, files), true);
  }

  /** As {@link #open}, but without data: enough to predict texts. */
  public SavedRun<?> openWithoutData(ExperimentConfig config, RunFolder folder) {
    return open(folder, files -> TrialInputs.withoutData(config, experiments, files), false);
  }

  private SavedRun<?> open(
      RunFolder folder, Function<InputFiles, TrialInputs<?>> read, boolean withData) {
    InputFiles files = new InputFiles();
    try {
      TrialInputs<?> inputs = read.apply(files);
      List<String> changes =
          withData ? new AdapterFiles(folder.savedAdapter()).changesOfData(inputs) : List.of();
      return new SavedRun<>(Trial.ofSaved(inputs, folder, methods), files, changes);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }
}
