package org.trimtab.experiments.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.trimtab.json.Json;

/** Asks a server of this machine. */
record Client(HttpClient http, int port) {
  Client(int port) {
    this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), port);
  }

  /** What a server answered. */
  record Got(int status, String body, HttpResponse<String> whole) {
    JsonNode json() {
      return Json.parse(body, "answer");
    }

    String error() {
      return json().path("error").textValue();
    }
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  Got send(HttpRequest request) {
    return sent(request).join();
  }

  CompletableFuture<Got> sent(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenApply(response -> new Got(response.statusCode(), response.body(), response));
  }

  Got get(String path) {
    return send(to(path).build());
  }

  Got post(byte[] body) {
    return send(posting(BodyPublishers.ofByteArray(body)));
  }

  Got post(String body) {
    return send(posting(BodyPublishers.ofString(body)));
  }

  HttpRequest posting(HttpRequest.BodyPublisher body) {
    return to("/predict").header("Content-Type", "application/json").POST(body).build();
  }

  /** {@code texts}: texts, or lists of two. */
  CompletableFuture<Got> asked(String task, Object... texts) {
    String body = Json.line(Map.of("task", task, "texts", List.of(texts)));
    return sent(posting(BodyPublishers.ofString(body)));
  }

  Got ask(String task, Object... texts) {
    return asked(task, texts).join();
  }
}
