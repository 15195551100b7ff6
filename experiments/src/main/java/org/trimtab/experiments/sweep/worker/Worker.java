package org.trimtab.experiments.sweep.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;

/**
 * A worker process's side of its two pipes: a JSON object a line, requests in, replies out. It ends
 * where its input ends, so that it never outlives who started it.
 */
public final class Worker {
  /** Steps are told at most so often. */
  private static final long STEP_NANOS = 200_000_000;

  private final TrialRunner runner;
  private final PrintStream out;
  private final BlockingQueue<Optional<JsonNode>> requests = new LinkedBlockingQueue<>();
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
    say(Map.of("event", "ready"));
    Optional<JsonNode> request = requests.take();
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
        JsonNode request = Json.parse(line, "request");
        if (request.path("stop").asBoolean()) {
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

  private void answer(JsonNode request) {
    TrialJob job =
        new TrialJob(
            request.path("id").asText(),
            request.path("config").asText(),
            request.path("trials").asText(),
            request.path("until_epoch").asInt());
    if (request.path("estimate").asBoolean()) {
      estimate(job);
      return;
    }
    TrialOutcome outcome = runner.run(job, this::step, () -> stopped);
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("event", "ended");
    reply.put("status", outcome.status().name());
    reply.put("message", outcome.message());
    say(reply);
  }

  private void estimate(TrialJob job) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("event", "ended");
    try {
      reply.put("estimate", runner.estimate(job).toMap());
    } catch (UserError e) {
      reply.put("refused", String.valueOf(e.getMessage()));
    } catch (Invalid e) {
      reply.put("refused", e.key() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      reply.put("refused", e.toString());
    }
    say(reply);
  }

  private void step(long step, long steps) {
    long now = System.nanoTime();
    if (now - told > STEP_NANOS) {
      told = now;
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", "step");
      event.put("step", step);
      event.put("steps", steps);
      say(event);
    }
  }

  private void say(Map<String, Object> event) {
    out.println(); // behind whatever a library left on the line
    out.println(Json.line(event));
    out.flush();
  }
}
