package org.trimtab.experiments.track;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.TrainingListeners;
import org.trimtab.train.TrainingStopped;

/** Several trackers as one. */
public record Trackers(List<RunTrackerConfig> all) {
  /**
   * Finds out whether runs can be tracked.
   *
   * @throws org.trimtab.base.UserError for the first that can't
   */
  public void requireReady() {
    all.forEach(RunTrackerConfig::requireReady);
  }

  /**
   * Tracks a run.
   *
   * @param training gives the result, and tells the listener what happens
   */
  public void track(TrackedRun run, Function<TrainingListener, RunResult> training) {
    List<Tracker> begun = new ArrayList<>();
    Tracker.Ending ending = Tracker.Ending.FAILED;
    try {
      all.forEach(config -> begun.add(config.begin(run)));
      RunResult result = training.apply(new TrainingListeners(List.copyOf(begun)));
      begun.forEach(tracker -> tracker.onResult(result));
      ending = Tracker.Ending.FINISHED;
    } catch (TrainingStopped e) {
      ending = Tracker.Ending.STOPPED;
      throw e;
    } finally {
      end(begun, ending);
    }
  }

  /** One that can't end keeps no other from it. */
  private static void end(List<Tracker> begun, Tracker.Ending ending) {
    if (!begun.isEmpty()) {
      try {
        begun.get(0).end(ending);
      } finally {
        end(begun.subList(1, begun.size()), ending);
      }
    }
  }
}
