package org.trimtab.experiments.track;

import org.trimtab.experiment.TrackerConfig;

/** Settings of a tracker of runs. */
public interface RunTrackerConfig extends TrackerConfig {
  /**
   * Finds out whether runs can be tracked, before anything of one is written.
   *
   * @throws org.trimtab.base.UserError if not
   */
  void requireReady();

  /**
   * Begins to track a run, or goes on where an earlier process ended.
   *
   * @throws org.trimtab.base.UserError if its files can't be written
   */
  Tracker begin(TrackedRun run);
}
