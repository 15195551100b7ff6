package org.trimtab.experiments.sweep.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.trimtab.experiments.process.PeakMemory;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.plan.SweepConfig;

/**
 * Local worker processes, a slot each. A process lives over many jobs: the engine, a backbone's
 * weights and a task's data are loaded once. Where one dies, the slot's next job starts another.
 */
public final class WorkerPool implements TrialExecutor {
  private static final long WATCH_MILLIS = 500;
  private final List<String> command;
  private final SweepConfig.Workers config;
  private final Path logs;
  private final AtomicReferenceArray<WorkerProcess> processes;

  /** How many jobs each slot's process was given. */
  private final AtomicIntegerArray served;

  private volatile boolean stopped;

  /**
   * A pool whose processes start when they are needed.
   *
   * @param command starts a {@link Worker} on its standard input and output
   * @param logs the folder for what the processes say of themselves
   */
  public WorkerPool(List<String> command, SweepConfig.Workers config, Path logs) {
    this.command = List.copyOf(command);
    this.config = config;
    this.logs = logs;
    processes = new AtomicReferenceArray<>(config.processes());
    served = new AtomicIntegerArray(config.processes());
  }

  @Override
  public int slots() {
    return processes.length();
  }

  @Override
  public TrialOutcome execute(int slot, TrialJob job, StepListener steps) throws LostException {
    if (stopped) {
      return new TrialOutcome(Status.STOPPED, "");
    }
    WorkerProcess process = process(slot);
    int before = served.getAndIncrement(slot);
    try (MemoryWatch watch = new MemoryWatch(process)) {
      return outcome(ask(process, WorkerMessage.Request.run(job), watch, steps));
    } catch (OutOfBounds e) {
      if (before > 0) { // what earlier jobs left may have been too much
        throw new LostException(String.valueOf(e.getMessage()));
      }
      return new TrialOutcome(Status.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** A process that somebody else asked to end is lost like any other. */
  private TrialOutcome outcome(WorkerMessage.Reply reply) throws LostException {
    TrialOutcome outcome = reply.outcome().orElseThrow();
    if (outcome.status() == Status.STOPPED && !stopped) {
      throw new LostException("its process was asked to end");
    }
    return outcome;
  }

  /** What a worker measures of a job's trial. */
  public Measured estimate(int slot, TrialJob job) throws LostException {
    return process(slot)
        .ask(WorkerMessage.Request.estimate(job), progress -> {})
        .measured()
        .orElseThrow();
  }

  private WorkerProcess process(int slot) {
    WorkerProcess process = processes.get(slot);
    if (process == null || !process.isAlive()) {
      process =
          WorkerProcess.start(command, config.threads(), logs.resolve("worker-" + slot + ".log"));
      processes.set(slot, process);
      served.set(slot, 0);
      if (stopped) { // it came too late to hear of it
        process.stop();
      }
    }
    return process;
  }

  private static WorkerMessage.Reply ask(
      WorkerProcess process, WorkerMessage.Request request, MemoryWatch watch, StepListener steps)
      throws LostException, OutOfBounds {
    try {
      return process.ask(request, p -> steps.onStep(p.step(), p.steps()));
    } catch (LostException e) {
      watch.throwIfKilled();
      throw e;
    }
  }

  @Override
  public void stop() {
    stopped = true;
    all().forEach(WorkerProcess::stop);
  }

  @Override
  public void close() {
    all().forEach(WorkerProcess::close);
  }

  private List<WorkerProcess> all() {
    List<WorkerProcess> all = new ArrayList<>();
    for (int slot = 0; slot < processes.length(); slot++) {
      WorkerProcess process = processes.get(slot);
      if (process != null) {
        all.add(process);
      }
    }
    return all;
  }

  /** The job took more memory than it may: trying it again would end the same way. */
  private static final class OutOfBounds extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfBounds(String message) {
      super(message);
    }
  }

  /** Ends a process that takes more memory than it may. */
  private final class MemoryWatch implements AutoCloseable {
    private final WorkerProcess process;
    private final Thread thread = new Thread(this::watch, "memory");
    private volatile long found;

    MemoryWatch(WorkerProcess process) {
      this.process = process;
      thread.setDaemon(true);
      if (config.memory().isPresent()) {
        thread.start();
      }
    }

    private void watch() {
      try {
        while (process.isAlive()) {
          OptionalLong resident = PeakMemory.residentMebibytes(process.pid());
          if (resident.orElse(0) > config.memory().orElse(Integer.MAX_VALUE)) {
            found = resident.orElse(0);
            process.kill();
          }
          Thread.sleep(WATCH_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the job has ended
      }
    }

    void throwIfKilled() throws OutOfBounds {
      if (found > 0) {
        throw new OutOfBounds(
            "took " + found + " MiB; workers.memory allows " + config.memory().orElse(0));
      }
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
