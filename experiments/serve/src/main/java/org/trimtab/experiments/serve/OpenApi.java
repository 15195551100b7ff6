package org.trimtab.experiments.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.ServedTask;

/** The OpenAPI document of a server, made of the routes that it answers by. */
record OpenApi(List<Route> routes, List<ServedTask> tasks, Limits limits) {
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> NUMBER = Map.of("type", "number");
  private static final Map<String, Object> ERROR = object(List.of("error"), Map.of("error", TEXT));

  Map<String, Object> document() {
    Map<String, Object> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      paths.put(route.path(), Map.of(route.method().toLowerCase(Locale.ROOT), operation(route)));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.0.3");
    document.put("info", Map.of("title", "Trimtab", "version", "0.1.0"));
    document.put("paths", paths);
    return document;
  }

  private Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.summary());
    if (route.method().equals("POST")) {
      operation.put("requestBody", Map.of("required", true, "content", json(request())));
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    new TreeMap<>(route.statuses())
        .forEach((status, meaning) -> responses.put("" + status, response(route, status, meaning)));
    operation.put("responses", responses);
    return operation;
  }

  private Map<String, Object> response(Route route, int status, String meaning) {
    Map<String, Object> content = status == 200 ? content(route) : json(ERROR);
    return Map.of("description", meaning, "content", content);
  }

  private static Map<String, Object> content(Route route) {
    if (!route.contentType().equals(Reply.JSON)) {
      return Map.of(route.contentType(), Map.of("schema", TEXT));
    }
    return json(route.method().equals("POST") ? answer() : Map.of("type", "object"));
  }

  private static Map<String, Object> json(Map<String, Object> schema) {
    return Map.of(Reply.JSON, Map.of("schema", schema));
  }

  private Map<String, Object> request() {
    List<String> names = tasks.stream().map(ServedTask::name).toList();
    Map<String, Object> pair = list(TEXT, 2, 2);
    Map<String, Object> texts = list(Map.of("oneOf", List.of(TEXT, pair)), 1, limits.texts());
    Map<String, Object> request =
        object(
            List.of("task", "texts"),
            Map.of("task", Map.of("type", "string", "enum", names), "texts", texts));
    request.put("additionalProperties", false);
    return request;
  }

  private static Map<String, Object> list(Map<String, Object> items, int least, int most) {
    return Map.of("type", "array", "items", items, "minItems", least, "maxItems", most);
  }

  private static Map<String, Object> answer() {
    Map<String, Object> scores = Map.of("type", "object", "additionalProperties", NUMBER);
    Map<String, Object> prediction =
        object(
            List.of("label", "scores", "truncated"),
            Map.of("label", TEXT, "scores", scores, "truncated", Map.of("type", "boolean")));
    Map<String, Object> one = Map.of("oneOf", List.of(prediction, ERROR));
    return object(
        List.of("task", "predictions"),
        Map.of("task", TEXT, "predictions", Map.of("type", "array", "items", one)));
  }

  private static Map<String, Object> object(List<String> required, Map<String, Object> properties) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("required", required);
    object.put("properties", new TreeMap<>(properties));
    return object;
  }
}
