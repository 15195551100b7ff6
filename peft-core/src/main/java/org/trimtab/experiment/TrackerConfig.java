package org.trimtab.experiment;

/**
 * Settings of a tracker, an item of the YAML list {@code trackers}: what shows a training beside
 * its own files. It moves no result, and is no part of what a trial is. What a tracker does, those
 * know that run experiments.
 */
public interface TrackerConfig {}
