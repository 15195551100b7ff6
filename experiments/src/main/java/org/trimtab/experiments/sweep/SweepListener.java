package org.trimtab.experiments.sweep;

import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialOutcome;

/** Hears what happens in a sweep, as it happens, from several threads. */
public interface SweepListener {
  /** A slot begins a job, or goes on with it. */
  void onBegin(int slot, SweepTrial trial);

  void onStep(int slot, long step, long steps);

  void onEnd(int slot, SweepTrial trial, TrialOutcome outcome);

  /** A trial's process was lost, and it is tried again. */
  void onRetry(int slot, SweepTrial trial, String message);
}
