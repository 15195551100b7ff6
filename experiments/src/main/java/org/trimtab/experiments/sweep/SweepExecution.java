package org.trimtab.experiments.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.worker.TrialExecutor;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import org.trimtab.experiments.sweep.worker.TrialRunner;

/** Runs all trials of a sweep that haven't ended, as many at a time as the executor has slots. */
public final class SweepExecution {
  private final SweepFolder folder;
  private final TrialExecutor executor;
  private final int retries;
  private final SweepListener listener;
  private final Schedule schedule;
  private int running;
  private boolean stopped;
  private Optional<Throwable> failure = Optional.empty();

  /** So that what holds a trial, or a machine that is gone, has a moment. */
  private static final long PAUSE_MILLIS = 1000;

  SweepExecution(
      SweepFolder folder,
      Schedule schedule,
      TrialExecutor executor,
      int retries,
      SweepListener listener) {
    this.folder = folder;
    this.schedule = schedule;
    this.executor = executor;
    this.retries = retries;
    this.listener = listener;
  }

  /** Runs until nothing is left; false if it was stopped before. */
  boolean run() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int slot = 0; slot < executor.slots(); slot++) {
      int own = slot;
      threads.add(new Thread(() -> work(own), "slot-" + slot));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.isPresent()) {
      throw brokenOff(failure.get());
    }
    return !stopped;
  }

  private static RuntimeException brokenOff(Throwable e) {
    return e instanceof UserError user
        ? user
        : new IllegalStateException("the sweep broke off: " + e, e);
  }

  private void work(int slot) {
    try {
      for (Optional<Schedule.Scheduled> job = take(); job.isPresent(); job = take()) {
        TrialOutcome outcome = execute(slot, job.get());
        listener.onEnd(slot, job.get().trial(), outcome);
        ended(job.get(), outcome);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      broken(e);
    }
  }

  /** Waits while others may still make jobs; empty where none will come. */
  private synchronized Optional<Schedule.Scheduled> take() throws InterruptedException {
    while (!stopped) {
      Optional<Schedule.Scheduled> job = schedule.next();
      if (job.isPresent()) {
        running++;
        return job;
      }
      if (running == 0) {
        return job;
      }
      wait();
    }
    return Optional.empty();
  }

  private synchronized void ended(Schedule.Scheduled job, TrialOutcome outcome) {
    running--;
    schedule.ended(job);
    stopped |= outcome.status() == Status.STOPPED;
    notifyAll();
  }

  private void broken(Throwable e) {
    synchronized (this) {
      failure = failure.or(() -> Optional.of(e));
      stopped = true;
      notifyAll();
    }
    executor.stop(); // what the others do is saved
  }

  /** How a job ended; where its own process couldn't say so in its folder, that is done here. */
  private TrialOutcome execute(int slot, Schedule.Scheduled job) throws InterruptedException {
    TrialOutcome outcome = attempts(slot, job);
    if (outcome.failed() && folder.outcome(job.trial()).isEmpty()) {
      TrialRunner.writeFailure(folder.trial(job.trial()), outcome);
    }
    return outcome;
  }

  private TrialOutcome attempts(int slot, Schedule.Scheduled job) throws InterruptedException {
    TrialOutcome outcome = attempt(slot, job);
    for (int retry = 0; retry < retries && outcome.status() == Status.LOST; retry++) {
      listener.onRetry(slot, job.trial(), outcome.message());
      Thread.sleep(PAUSE_MILLIS);
      outcome = attempt(slot, job);
    }
    return outcome;
  }

  private TrialOutcome attempt(int slot, Schedule.Scheduled job) {
    listener.onBegin(slot, job.trial());
    try {
      return executor.execute(
          slot,
          folder.job(job.trial(), job.untilEpoch()),
          (step, steps) -> listener.onStep(slot, step, steps));
    } catch (TrialExecutor.LostException e) {
      return new TrialOutcome(Status.LOST, String.valueOf(e.getMessage()));
    }
  }
}
