package org.trimtab.experiments.track.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.trimtab.json.Json;

/** What of an MLflow server tracking needs, on loopback; it keeps what it is told. */
final class StubServer implements AutoCloseable {
  private static final String API = "/api/2.0/mlflow/";

  /** A call as it came. */
  record Call(String path, String authorization, JsonNode body) {}

  /** An answer in place of the server's own. */
  record Fault(int status, String body) {}

  private final HttpServer http;
  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Long> steps = new LinkedHashMap<>();
  private Optional<Fault> fault = Optional.empty();
  private Optional<Fault> later = Optional.empty();
  private String last = "";
  private boolean experiment;
  private int runs;
  private volatile long delayMillis;

  StubServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newCachedThreadPool(task -> daemon(task)));
    http.createContext("/", this::handle);
    http.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  String uri() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** From now on every call fails, or none. */
  synchronized void fail(Optional<Fault> with) {
    fault = with;
  }

  /** Does calls up to the first of {@code path}, and fails from there on. */
  synchronized void failAfter(String path, Fault with) {
    last = path;
    later = Optional.of(with);
  }

  void delay(long millis) {
    delayMillis = millis;
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The bodies of the calls of {@code path} that were done. */
  List<JsonNode> bodies(String path) {
    return calls().stream().filter(c -> c.path().equals(path)).map(Call::body).toList();
  }

  /** The entries that {@code log-batch} got under {@code field}, in their order. */
  List<JsonNode> logged(String field) {
    List<JsonNode> all = new ArrayList<>();
    bodies("runs/log-batch").forEach(body -> body.path(field).forEach(all::add));
    return all;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Thread.sleep(delayMillis);
      Fault answer = answer(exchange, text);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Fault answer(HttpExchange exchange, String text) {
    if (fault.isPresent()) {
      return fault.get();
    }
    String path = exchange.getRequestURI().getPath().substring(API.length());
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    JsonNode body = Json.parse(text.isEmpty() ? "{}" : text, path);
    calls.add(new Call(path, authorization, body));
    if (path.equals(last)) {
      fault = later;
      experiment = true;
    }
    return new Fault(path.endsWith("by-name") && !experiment ? 404 : 200, answer(path, body));
  }

  private String answer(String path, JsonNode body) {
    return switch (path) {
      case "experiments/get-by-name" ->
          experiment
              ? "{\"experiment\":{\"experiment_id\":\"7\",\"lifecycle_stage\":\"active\"}}"
              : "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"none\"}";
      case "experiments/create" -> created();
      case "runs/create" -> "{\"run\":{\"info\":{\"run_id\":\"run" + ++runs + "\"}}}";
      case "runs/get" -> run();
      default -> logged(body);
    };
  }

  private String created() {
    experiment = true;
    return "{\"experiment_id\":\"7\"}";
  }

  private String logged(JsonNode body) {
    body.path("metrics")
        .forEach(m -> steps.merge(m.path("key").asText(), m.path("step").asLong(), Math::max));
    return "{}";
  }

  private String run() {
    List<Map<String, Object>> metrics = new ArrayList<>();
    steps.forEach((key, step) -> metrics.add(Map.of("key", key, "value", 1, "step", step)));
    Map<String, Object> info = Map.of("experiment_id", "7", "lifecycle_stage", "active");
    return Json.line(Map.of("run", Map.of("info", info, "data", Map.of("metrics", metrics))));
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
