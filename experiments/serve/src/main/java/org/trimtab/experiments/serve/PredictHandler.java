package org.trimtab.experiments.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.trimtab.base.UserError;
import org.trimtab.experiments.serving.Answer;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.ServedTask;

/** {@code POST /predict}: holds no thread while a request waits. */
final class PredictHandler implements HttpHandler {
  /** As many times the largest body are read before a client that goes on is cut off. */
  private static final int DISCARDED = 16;

  private final Map<String, ServedTask> tasks = new LinkedHashMap<>();
  private final Limits limits;
  private final Batcher batcher;
  private final ServeMetrics metrics;

  PredictHandler(List<ServedTask> tasks, Limits limits, Batcher batcher, ServeMetrics metrics) {
    tasks.forEach(task -> this.tasks.put(task.name(), task));
    this.limits = limits;
    this.batcher = batcher;
    this.metrics = metrics;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    requireJson(exchange);
    long length = exchange.getRequestContentLength();
    if (length > limits.body()) {
      exchange.setPersistent(false); // what was sent isn't read
      throw tooLarge(length + " bytes");
    }
    exchange.setMaxEntitySize(DISCARDED * (long) limits.body());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    exchange
        .getRequestReceiver()
        .receivePartialBytes(
            (received, part, last) -> {
              // One byte too many says it; a client that is still sending would not read our
              // answer.
              int room = limits.body() + 1 - body.size();
              body.write(part, 0, Math.min(room, part.length));
              if (last) {
                answer(received, body.toByteArray());
              }
            },
            (failed, error) -> failed.endExchange());
  }

  private Refusal tooLarge(String found) {
    return new Refusal(413, "body: found " + found + "; allowed " + limits.body() + " bytes");
  }

  private static void requireJson(HttpServerExchange exchange) {
    String type = header(exchange, Headers.CONTENT_TYPE);
    String found = type.replace(" ", "").replace("\"", "").toLowerCase(Locale.ROOT);
    if (!found.equals(Reply.JSON) && !found.equals(Reply.JSON + ";charset=utf-8")) {
      throw new Refusal(
          415,
          "Content-Type: found "
              + (type.isEmpty() ? "none" : type)
              + "; allowed "
              + Reply.JSON
              + " in UTF-8");
    }
    String coding = header(exchange, Headers.CONTENT_ENCODING);
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      throw new Refusal(415, "Content-Encoding: found " + coding + "; allowed none");
    }
  }

  private static String header(HttpServerExchange exchange, HttpString name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private void answer(HttpServerExchange exchange, byte[] body) {
    long start = System.nanoTime();
    PredictRequest request;
    List<CompletableFuture<Answer>> answers;
    try {
      if (body.length > limits.body()) {
        throw tooLarge("more");
      }
      request = PredictRequest.of(body, List.copyOf(tasks.keySet()), limits);
      exchange.putAttachment(Routes.TASK, request.task());
      answers = batcher.submit(request.rows());
    } catch (Refusal refusal) {
      Reply.of(refusal).send(exchange);
      return;
    }
    CompletableFuture<Boolean> all =
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
            .handle((done, failure) -> true); // each says itself how it ended
    Runnable wait =
        () -> {
          CompletableFuture<Void> unused =
              all.orTimeout(limits.timeout(), TimeUnit.MILLISECONDS)
                  .handleAsync(
                      (done, failure) -> reply(request, answers, failure),
                      exchange.getConnection().getWorker())
                  .exceptionally(fault -> Reply.of(new Refusal(500, fault(fault))))
                  .thenAccept(
                      reply -> {
                        metrics.latency(request.task(), (System.nanoTime() - start) / 1e9);
                        reply.send(exchange);
                      });
        };
    exchange.dispatch(SameThreadExecutor.INSTANCE, wait);
  }

  private Reply reply(
      PredictRequest request,
      List<CompletableFuture<Answer>> answers,
      @Nullable Throwable failure) {
    if (failure instanceof TimeoutException) {
      answers.forEach(answer -> answer.cancel(false));
      return Reply.of(
          new Refusal(504, "timeout: no answer after " + limits.timeout() + " ms, as allowed"));
    }
    ServedTask task = Objects.requireNonNull(tasks.get(request.task()));
    List<Object> predictions = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (CompletableFuture<Answer> answer : answers) {
      try {
        predictions.add(told(task, answer.join()));
      } catch (CompletionException e) {
        if (e.getCause() instanceof Refusal refusal) {
          return Reply.of(refusal);
        }
        metrics.failed(request.task());
        faults.add(fault(e.getCause()));
        predictions.add(Map.of("error", fault(e.getCause())));
      }
    }
    return faults.size() == predictions.size()
        ? Reply.of(new Refusal(500, faults.get(0)))
        : Reply.json(200, ordered("task", request.task(), "predictions", predictions));
  }

  /** What a user may know of a fault: our own words, of others only their kind. */
  private static String fault(@Nullable Throwable cause) {
    if (cause == null) {
      return "the model failed";
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return cause instanceof UserError
        ? message
        : "the model failed: " + cause.getClass().getSimpleName();
  }

  private Map<String, Object> told(ServedTask task, Answer answer) {
    if (!answer.scores().stream().allMatch(Double::isFinite)) {
      throw new CompletionException(new UserError("the model gives no finite scores"));
    }
    if (answer.truncated()) {
      metrics.truncated(task.name());
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < answer.scores().size(); i++) {
      scores.put(task.labels().get(i), answer.scores().get(i));
    }
    Map<String, Object> told = ordered("label", answer.label(), "scores", scores);
    told.put("truncated", answer.truncated());
    return told;
  }

  private static Map<String, Object> ordered(String key, Object value, String next, Object other) {
    Map<String, Object> ordered = new LinkedHashMap<>();
    ordered.put(key, value);
    ordered.put(next, other);
    return ordered;
  }
}
