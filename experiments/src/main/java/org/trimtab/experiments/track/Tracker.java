package org.trimtab.experiments.track;

import org.trimtab.experiments.runs.RunResult;
import org.trimtab.train.TrainingListener;

/** Shows one training as it goes. It never ends it: what fails on the way is told as a note. */
public interface Tracker extends TrainingListener {
  /** How a training ended. */
  enum Ending {
    FINISHED,
    /** It may go on later. */
    STOPPED,
    FAILED
  }

  /** The run has a result. */
  default void onResult(RunResult result) {}

  /** Nothing follows; takes a bounded time. */
  void end(Ending ending);
}
