package org.trimtab.experiments.sweep.worker;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.trimtab.base.UserError;

/** The other side of a {@link Worker}: a process that answers one request at a time. */
final class WorkerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private final Process process;
  private final BufferedReader replies;
  private final BufferedWriter requests;

  private WorkerProcess(Process process) {
    this.process = process;
    replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a process.
   *
   * @param threads that the engine may use
   * @param log where its errors go
   */
  static WorkerProcess start(List<String> command, int threads, Path log) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new WorkerProcess(builder.start());
    } catch (IOException e) {
      throw new UserError("can't start a worker process: " + e.getMessage(), e);
    }
  }

  /**
   * Asks and waits for the answer.
   *
   * @param progress hears how far it is before the answer
   */
  WorkerMessage.Reply ask(WorkerMessage.Request request, Consumer<WorkerMessage.Progress> progress)
      throws TrialExecutor.LostException {
    try {
      write(request);
      for (String line = replies.readLine(); line != null; line = replies.readLine()) {
        WorkerMessage.Reply reply = reply(line);
        if (reply.ended()) {
          return reply;
        }
        reply.progress().ifPresent(progress);
      }
    } catch (IOException e) {
      // The process is gone.
    }
    process.destroyForcibly();
    throw new TrialExecutor.LostException("its process ended with " + exitCode());
  }

  private synchronized void write(WorkerMessage.Request request) throws IOException {
    requests.write(request.line());
    requests.newLine();
    requests.flush();
  }

  /** What an engine prints to the same pipe is no reply. */
  private static WorkerMessage.Reply reply(String line) {
    try {
      return WorkerMessage.Reply.read(line);
    } catch (UserError e) {
      return WorkerMessage.Reply.ready();
    }
  }

  private int exitCode() {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks what runs to save its state and end early. */
  void stop() {
    try {
      write(WorkerMessage.Request.stop());
    } catch (IOException e) {
      // The process is gone.
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Ends the process: its input is over. */
  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // The process is gone.
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
