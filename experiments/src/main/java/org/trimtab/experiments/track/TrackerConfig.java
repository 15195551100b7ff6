package org.trimtab.experiments.track;

/**
 * Settings of a tracker, an item of the YAML list {@code trackers}: what shows a training beside
 * its own files. It moves no result, and is no part of what a trial is.
 */
public interface TrackerConfig {
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
