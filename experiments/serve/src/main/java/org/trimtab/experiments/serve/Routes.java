package org.trimtab.experiments.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.trimtab.config.Suggestion;

/** Finds what answers a request, counts it, and says why nothing does. */
final class Routes implements HttpHandler {
  /** The task that a request asks for. */
  static final AttachmentKey<String> TASK = AttachmentKey.create(String.class);

  private final List<Route> routes;
  private final ServeMetrics metrics;
  private final InFlight inFlight;
  private final Consumer<Throwable> report;

  Routes(List<Route> routes, ServeMetrics metrics, InFlight inFlight, Consumer<Throwable> report) {
    this.routes = routes;
    this.metrics = metrics;
    this.inFlight = inFlight;
    this.report = report;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRequestPath();
    List<Route> here = routes.stream().filter(route -> route.path().equals(path)).toList();
    inFlight.begin();
    exchange.addExchangeCompleteListener(
        (ended, next) -> {
          String task = Optional.ofNullable(ended.getAttachment(TASK)).orElse("");
          metrics.request(here.isEmpty() ? "other" : path, task, ended.getStatusCode());
          inFlight.end();
          next.proceed();
        });
    try {
      route(exchange, here).handler().handleRequest(exchange);
    } catch (Refusal refusal) {
      Reply.of(refusal).send(exchange);
    } catch (RuntimeException e) {
      report.accept(e);
      Reply.of(new Refusal(500, "the server failed: " + e.getClass().getSimpleName()))
          .send(exchange);
    }
  }

  private Route route(HttpServerExchange exchange, List<Route> here) {
    String path = exchange.getRequestPath();
    String method = exchange.getRequestMethod().toString();
    List<String> known = routes.stream().map(Route::path).toList();
    if (here.isEmpty()) {
      throw new Refusal(
          404,
          "path: found "
              + path
              + "; allowed "
              + String.join(", ", known)
              + Suggestion.of(path, known));
    }
    List<String> methods = here.stream().map(Route::method).toList();
    return here.stream()
        .filter(route -> route.method().equals(method))
        .findFirst()
        .orElseThrow(
            () -> {
              String allowed = String.join(", ", methods);
              exchange.getResponseHeaders().put(Headers.ALLOW, allowed);
              return new Refusal(405, "method: found " + method + "; allowed " + allowed);
            });
  }
}
