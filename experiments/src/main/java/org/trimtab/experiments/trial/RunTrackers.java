package org.trimtab.experiments.trial;

import java.util.List;
import org.trimtab.base.SettingKind;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.TrackerConfig;
import org.trimtab.experiments.track.RunTrackerConfig;
import org.trimtab.experiments.track.mlflow.MlflowConfig;
import org.trimtab.experiments.track.tensorboard.TensorBoardConfig;

/** The trackers of runs that settings can name; a new one is one line here. */
public final class RunTrackers {
  public static final SettingKind<TrackerConfig> ALL =
      SettingKind.of(TrackerConfig.class)
          .with("tensorboard", TensorBoardConfig.class)
          .with("mlflow", MlflowConfig.class);

  private static final List<TrackerConfig> DEFAULTS = List.of(new TensorBoardConfig());

  private RunTrackers() {}

  /** Those of an experiment; TensorBoard's where it says nothing. */
  public static List<RunTrackerConfig> of(ExperimentConfig config) {
    // The core, which reads settings, knows no runs, and so no more than what a tracker's are.
    return config.trackers().orElse(DEFAULTS).stream().map(RunTrackerConfig.class::cast).toList();
  }
}
