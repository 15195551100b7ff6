package org.trimtab.experiments.sweep.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;

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
   * @param events hears what comes before the answer
   */
  JsonNode ask(Map<String, Object> request, Consumer<JsonNode> events)
      throws TrialExecutor.LostException {
    try {
      write(request);
      for (String line = replies.readLine(); line != null; line = replies.readLine()) {
        JsonNode reply = reply(line);
        if (reply.path("event").asText().equals("ended")) {
          return reply;
        }
        events.accept(reply);
      }
    } catch (IOException e) {
      // The process is gone.
    }
    process.destroyForcibly();
    throw new TrialExecutor.LostException("its process ended with " + exitCode());
  }

  private synchronized void write(Map<String, Object> request) throws IOException {
    requests.write(Json.line(request));
    requests.newLine();
    requests.flush();
  }

  /** What an engine prints to the same pipe is no reply. */
  private static JsonNode reply(String line) {
    try {
      return Json.parse(line.isBlank() ? "{}" : line, "reply");
    } catch (UserError e) {
      return Json.parse("{}", "no reply");
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
      Map<String, Object> request = new LinkedHashMap<>();
      request.put("stop", true);
      write(request);
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
