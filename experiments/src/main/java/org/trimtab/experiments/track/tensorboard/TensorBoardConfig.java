package org.trimtab.experiments.track.tensorboard;

import org.trimtab.experiments.track.RunTrackerConfig;
import org.trimtab.experiments.track.TrackedRun;
import org.trimtab.experiments.track.Tracker;

/** TensorBoard's event files in the run's folder. */
public record TensorBoardConfig() implements RunTrackerConfig {
  @Override
  public void requireReady() {
    // its files lie in the run's folder, which is there or made
  }

  @Override
  public Tracker begin(TrackedRun run) {
    return new TensorBoardLog(run.folder().events());
  }
}
