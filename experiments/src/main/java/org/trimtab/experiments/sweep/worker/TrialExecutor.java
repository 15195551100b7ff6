package org.trimtab.experiments.sweep.worker;

/** Runs trials somewhere, some at a time. */
public interface TrialExecutor extends AutoCloseable {
  /** How many jobs it runs at a time. */
  int slots();

  /**
   * Runs a job and waits for it; called by as many threads as there are slots.
   *
   * @param slot from 0
   * @throws LostException if the process that ran it is gone
   */
  TrialOutcome execute(int slot, TrialJob job, StepListener steps) throws LostException;

  /** Asks all running jobs to save their state and end early. */
  void stop();

  /** Ends the processes; jobs that run are lost. */
  @Override
  void close();

  /** Hears how far a job is. */
  @FunctionalInterface
  interface StepListener {
    void onStep(long step, long steps);
  }

  /** The process that ran a job is gone: the job may be tried again. */
  final class LostException extends Exception {
    private static final long serialVersionUID = 1L;

    public LostException(String message) {
      super(message);
    }
  }
}
