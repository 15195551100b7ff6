package org.trimtab.experiments.serve;

import io.undertow.server.HttpHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.ServedTask;

/** Every route of a server. */
record Api(List<ServedTask> tasks, Limits limits, Batcher batcher, ServeMetrics metrics) {
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<Integer, String> ALWAYS = Map.of(200, "all is well");

  List<Route> routes() {
    List<Route> all = new ArrayList<>();
    all.add(
        new Route(
            "POST",
            "/predict",
            "Judges texts, or pairs of texts.",
            Reply.JSON,
            predictStatuses(),
            new PredictHandler(tasks, limits, batcher, metrics)));
    all.add(
        get(
            "/tasks",
            "What is served, and the limits of a request.",
            Reply.JSON,
            this::tasksReply));
    all.add(
        new Route(
            "GET",
            "/health",
            "Whether requests are taken.",
            Reply.JSON,
            Map.of(200, "they are", 503, "the server is stopping"),
            exchange -> health().send(exchange)));
    all.add(get("/metrics", "For Prometheus.", metrics.contentType(), this::metricsReply));
    all.add(get("/openapi.json", "This interface in OpenAPI 3.", Reply.JSON, () -> openApi(all)));
    all.add(get("/", "This interface for people.", HTML, () -> page(all)));
    return all;
  }

  private static Route get(String path, String summary, String type, Supplier<Reply> reply) {
    HttpHandler handler = exchange -> reply.get().send(exchange);
    return new Route("GET", path, summary, type, ALWAYS, handler);
  }

  private static Map<Integer, String> predictStatuses() {
    Map<Integer, String> statuses = new LinkedHashMap<>();
    statuses.put(200, "a prediction for each text, in their order");
    statuses.put(400, "the body is not such JSON");
    statuses.put(404, "no such task is served");
    statuses.put(413, "the body is too large");
    statuses.put(415, "the body is not declared to be JSON in UTF-8");
    statuses.put(422, "too many texts, none, or one that is too long");
    statuses.put(429, "too many texts wait already");
    statuses.put(500, "the model could judge none of the texts");
    statuses.put(503, "the server is stopping");
    statuses.put(504, "no answer in time");
    return statuses;
  }

  private Reply tasksReply() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("tasks", tasks.stream().map(Api::told).toList());
    told.put("limits", limitsTold());
    return Reply.json(200, told);
  }

  private static Map<String, Object> told(ServedTask task) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", task.name());
    told.put("labels", task.labels());
    told.put("backbone", task.backbone());
    told.put("method", task.method());
    told.put("maximum_length", task.maximumLength());
    return told;
  }

  private Map<String, Object> limitsTold() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("body_bytes", limits.body());
    told.put("texts", limits.texts());
    told.put("text_characters", limits.characters());
    told.put("queue_texts", limits.queue());
    told.put("timeout_ms", limits.timeout());
    told.put("batch_texts", limits.batch());
    told.put("batch_window_ms", limits.batchWindow());
    return told;
  }

  private Reply health() {
    return batcher.isStopping()
        ? Reply.of(Batcher.stopping())
        : Reply.json(200, Map.of("status", "ready"));
  }

  private Reply metricsReply() {
    return new Reply(200, metrics.contentType(), metrics.text());
  }

  private Reply openApi(List<Route> routes) {
    return Reply.json(200, new OpenApi(routes, tasks, limits).document());
  }

  private Reply page(List<Route> routes) {
    return new Reply(200, HTML, Page.of(routes, tasks).getBytes(StandardCharsets.UTF_8));
  }
}
