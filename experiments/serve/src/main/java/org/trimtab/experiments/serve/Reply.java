package org.trimtab.experiments.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.trimtab.json.Json;

/**
 * An answer.
 *
 * @param status of HTTP
 */
record Reply(int status, String contentType, byte[] body) {
  static final String JSON = "application/json";

  static Reply json(int status, Object value) {
    return new Reply(status, JSON, (Json.line(value) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Reply of(Refusal refusal) {
    return json(refusal.status(), Map.of("error", refusal.told()));
  }

  void send(HttpServerExchange exchange) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
    if (status == 429) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
    }
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }
}
