package org.trimtab.experiments.trial;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Tensors;

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
   */
  public ExperimentConfig configOf(RunFolder folder, List<String> sets) {
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

  /**
   * The saved model itself, without data.
   *
   * @param tensors what it is built on, and which belongs to it from here on
   */
  public SavedModel<?> model(ExperimentConfig config, RunFolder folder, Tensors tensors) {
    InputFiles files = new InputFiles();
    try {
      return model(TrialInputs.withoutData(config, experiments, files), files, folder, tensors);
    } catch (RuntimeException e) {
      tensors.close();
      files.close();
      throw e;
    }
  }

  private <Y> SavedModel<Y> model(
      TrialInputs<Y> inputs, InputFiles files, RunFolder folder, Tensors tensors) {
    Model<Y> model = new Assembly(methods).createFolded(inputs, tensors);
    new AdapterFiles(folder.savedAdapter()).load(model, inputs);
    return new SavedModel<>(model, inputs, files);
  }

  private SavedRun<?> open(
      RunFolder folder, Function<InputFiles, TrialInputs<?>> read, boolean withData) {
    InputFiles files = new InputFiles();
    try {
      TrialInputs<?> inputs = read.apply(files);
      Trial<?> trial = Trial.ofSaved(inputs, folder, methods);
      List<String> changes =
          withData ? new AdapterFiles(folder.savedAdapter()).changesOfData(inputs) : List.of();
      return new SavedRun<>(trial, files, changes);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }
}
