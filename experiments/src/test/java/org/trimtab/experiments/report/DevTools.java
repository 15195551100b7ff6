package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.trimtab.json.Json;

/**
 * The DevTools protocol over a web socket: commands with their answers, and what is told unasked.
 */
final class DevTools {
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private @Nullable WebSocket socket;

  private DevTools() {}

  static DevTools connect(URI address) {
    DevTools tools = new DevTools();
    tools.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, tools.new Messages())
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    return tools;
  }

  /** The result of a command; {@code session} is empty for the browser itself. */
  JsonNode call(String session, String method, ObjectNode parameters) {
    long id = ids.incrementAndGet();
    ObjectNode message = SampleReport.object().put("id", id).put("method", method);
    message.set("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    open().sendText(Json.line(message), true).join();
    JsonNode result = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (result.has("error")) {
      throw new IllegalStateException(method + ": " + result.path("error"));
    }
    return result.path("result");
  }

  /** What has been told of a session so far. */
  List<JsonNode> events(String session) {
    return events.stream().filter(e -> e.path("sessionId").asText().equals(session)).toList();
  }

  private WebSocket open() {
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    return socket;
  }

  void close() {
    open().abort();
  }

  private void receive(JsonNode message) {
    if (!message.has("id")) {
      events.add(message);
      return;
    }
    CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asLong());
    if (answer != null) {
      answer.complete(message);
    }
  }

  /** Puts the parts of messages together. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        String message = parts.toString();
        parts.setLength(0);
        receive(Json.parse(message, "DevTools"));
      }
      from.request(1);
      return null;
    }
  }
}
