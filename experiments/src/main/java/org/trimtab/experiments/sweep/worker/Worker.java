package org.trimtab.experiments.sweep.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;

/**
 * A worker process's side of its two pipes: a JSON object a line, requests in, replies out. It ends
 * where its input ends, so that it never outlives who started it.
 */
public final class Worker {
  /** Steps are told at most so often. */
  private static final long STEP_NANOS = 200_000_000;

  private final TrialRunner runner;
  private final PrintStream out;
  private final BlockingQueue<Optional<WorkerMessage.Request>> requests =
      new LinkedBlockingQueue<>();
  private volatile boolean stopped;
  private volatile boolean ended;
  private long told;

  public Worker(TrialRunner runner, PrintStream out) {
    this.runner = runner;
    this.out = out;
  }

  /**
   * Answers requests until the input ends, or {@link #end} is called.
   *
   * @param orphaned what to do at once when the input ends, whatever runs
   */
  public void serve(InputStream in, Runnable orphaned) throws InterruptedException {
    Thread reader = new Thread(() -> read(in, orphaned), "requests");
    reader.setDaemon(true);
    reader.start();
    say(WorkerMessage.Reply.ready());
    Optional<WorkerMessage.Request> request = requests.take();
    while (request.isPresent()) {
      answer(request.get());
      request = ended ? Optional.empty() : requests.take();
    }
  }

  /** Has what runs save its state, and takes no more requests. */
  public void end() {
    stopped = true;
    ended = true;
    requests.add(Optional.empty());
  }

  private void read(InputStream in, Runnable orphaned) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        WorkerMessage.Request request = WorkerMessage.Request.read(line);
        if (request.job().isEmpty()) {
          stopped = true;
        } else {
          requests.add(Optional.of(request));
        }
      }
    } catch (IOException e) {
      // As good as its end.
    } finally {
      requests.add(Optional.empty());
      orphaned.run();
    }
  }

  private void answer(WorkerMessage.Request request) {
    TrialJob job = request.job().orElseThrow();
    say(
        request.estimate()
            ? WorkerMessage.Reply.of(measured(job))
            : WorkerMessage.Reply.of(runner.run(job, this::step, () -> stopped)));
  }

  private Measured measured(TrialJob job) {
    try {
      return Measured.of(runner.estimate(job));
    } catch (UserError e) {
      return Measured.refused(String.valueOf(e.getMessage()));
    } catch (Invalid e) {
      return Measured.refused(e.told());
    } catch (RuntimeException e) {
      return Measured.refused(e.toString());
    }
  }

  private void step(long step, long steps) {
    long now = System.nanoTime();
    if (now - told > STEP_NANOS) {
      told = now;
      say(WorkerMessage.Reply.of(new WorkerMessage.Progress(step, steps)));
    }
  }

  private void say(WorkerMessage.Reply reply) {
    out.println(); // behind whatever a library left on the line
    out.println(reply.line());
    out.flush();
  }
}
