package org.trimtab.experiments.track.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;

/**
 * The six calls of MLflow's REST API (version 2.0 of it, that of MLflow 1 to 3) that tracking
 * takes, by the JDK's HTTP client. MLflow's own Java client would be more code than this: {@code
 * mlflow-client} 2 and 3 bring protobuf, Apache HttpClient, Commons and Jackson, read credentials
 * from files too, and retry within the call.
 *
 * <p>Redirects are not followed: they would carry the credentials elsewhere.
 */
final class MlflowServer {
  /** Of metrics, parameters, or tags in one call (MLflow's documentation of {@code log-batch}). */
  static final int MOST_METRICS = 1000;

  static final int MOST_PARAMETERS = 100;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final String ABSENT = "RESOURCE_DOES_NOT_EXIST";
  private static final int MESSAGE = 200;
  private final URI address;
  private final Optional<String> authorization;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * A server.
   *
   * @param address without a slash at its end
   * @param authorization the header's value
   */
  MlflowServer(URI address, Optional<String> authorization) {
    this.address = address;
    this.authorization = authorization;
  }

  /** A value at a step; {@code timestamp} in milliseconds. */
  record Metric(String key, double value, long timestamp, long step) {
    private Map<String, Object> json() {
      return Map.of("key", key, "value", value, "timestamp", timestamp, "step", step);
    }
  }

  /**
   * A run that is there.
   *
   * @param lastSteps the highest step that each metric has
   */
  record Run(String experiment, boolean active, Map<String, Long> lastSteps) {}

  /** The answer to a call: {@code error} is empty where it was done. */
  private record Answer(int status, String error, JsonObject json) {}

  /** The id of the experiment called {@code name}, which is made where it isn't there. */
  String experiment(String name) throws MlflowFailure {
    Optional<String> found = find(name);
    if (found.isPresent()) {
      return found.get();
    }
    Answer made = call("experiments/create", Optional.of(Map.of("name", name)));
    if (made.error().equals("RESOURCE_ALREADY_EXISTS")) {
      return find(name).orElseThrow(() -> refused("experiments/create", made));
    }
    return done("experiments/create", made).text("experiment_id");
  }

  private Optional<String> find(String name) throws MlflowFailure {
    String path = "experiments/get-by-name?experiment_name=" + encoded(name);
    Answer answer = call(path, Optional.empty());
    if (answer.error().equals(ABSENT)) {
      return Optional.empty();
    }
    JsonObject json = done(path, answer);
    if (isDeleted(json, "experiment.lifecycle_stage")) {
      throw new MlflowFailure(
          address + ": the experiment '" + name + "' is deleted there; allowed another name", true);
    }
    return Optional.of(json.text("experiment.experiment_id"));
  }

  private static boolean isDeleted(JsonObject json, String stage) {
    return json.has(stage) && json.text(stage).equals("deleted");
  }

  /** The run {@code id}, where it is there. */
  Optional<Run> run(String id) throws MlflowFailure {
    String path = "runs/get?run_id=" + encoded(id);
    Answer answer = call(path, Optional.empty());
    if (answer.error().equals(ABSENT)) {
      return Optional.empty();
    }
    JsonObject run = done(path, answer).object("run");
    Map<String, Long> steps = new HashMap<>();
    if (!run.isEmpty("data.metrics")) {
      for (JsonObject metric : run.objects("data.metrics")) {
        steps.put(metric.text("key"), metric.has("step") ? Long.parseLong(metric.text("step")) : 0);
      }
    }
    boolean active = !isDeleted(run, "info.lifecycle_stage");
    return Optional.of(new Run(run.text("info.experiment_id"), active, steps));
  }

  /** Begins a run; its id. */
  String create(String experiment, String name, long timestamp) throws MlflowFailure {
    Map<String, Object> run =
        Map.of("experiment_id", experiment, "run_name", name, "start_time", timestamp);
    return post("runs/create", run).text("run.info.run_id");
  }

  /** Logs at most {@link #MOST_PARAMETERS}. */
  void parameters(String run, Map<String, String> some) throws MlflowFailure {
    post("runs/log-batch", Map.of("run_id", run, "params", pairs(some)));
  }

  /** Sets at most {@link #MOST_PARAMETERS}. */
  void tags(String run, Map<String, String> some) throws MlflowFailure {
    post("runs/log-batch", Map.of("run_id", run, "tags", pairs(some)));
  }

  /** Logs at most {@link #MOST_METRICS}. */
  void metrics(String run, List<Metric> some) throws MlflowFailure {
    post(
        "runs/log-batch",
        Map.of("run_id", run, "metrics", some.stream().map(Metric::json).toList()));
  }

  /** Says how a run stands; one that goes on has no end. */
  void status(String run, String status, Optional<Long> end) throws MlflowFailure {
    Map<String, Object> update = new HashMap<>(Map.of("run_id", run, "status", status));
    end.ifPresent(time -> update.put("end_time", time));
    post("runs/update", update);
  }

  private static List<Map<String, String>> pairs(Map<String, String> some) {
    return some.entrySet().stream()
        .map(e -> Map.of("key", e.getKey(), "value", e.getValue()))
        .toList();
  }

  private JsonObject post(String path, Map<String, Object> body) throws MlflowFailure {
    return done(path, call(path, Optional.of(body)));
  }

  private JsonObject done(String path, Answer answer) throws MlflowFailure {
    if (!answer.error().isEmpty()) {
      throw refused(path, answer);
    }
    return answer.json();
  }

  /** Another try helps where the server is at fault, has no time, or no longer knows the user. */
  private MlflowFailure refused(String path, Answer answer) {
    boolean lasting = answer.status() == 400 || answer.status() == 404;
    String call = path.replaceFirst("\\?.*", "");
    return new MlflowFailure(address + ": " + call + ": " + answer.error() + why(answer), lasting);
  }

  private static String why(Answer answer) {
    String message = answer.json().has("message") ? ": " + answer.json().text("message") : "";
    return message.length() > MESSAGE ? message.substring(0, MESSAGE) + "..." : message;
  }

  private Answer call(String path, Optional<Map<String, Object>> body) throws MlflowFailure {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + path)).timeout(ANSWER);
    authorization.ifPresent(value -> request.header("Authorization", value));
    body.ifPresent(
        json ->
            request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(json))));
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return answer(response.statusCode(), response.body());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new MlflowFailure(address + ": can't be reached: " + why, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MlflowFailure(address + ": took too long", false);
    }
  }

  private Answer answer(int status, String body) throws MlflowFailure {
    if (status == 401 || status == 403) {
      throw new MlflowFailure(
          address
              + ": HTTP "
              + status
              + ": the credentials are missing or not allowed; they are those of"
              + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN",
          false);
    }
    JsonObject json;
    try {
      json = JsonObject.parse(body.isBlank() ? "{}" : body, address + ": the answer");
    } catch (UserError e) {
      throw new MlflowFailure(
          address + ": HTTP " + status + ", and no JSON: is this an MLflow server?", false);
    }
    if (status == 200) {
      return new Answer(status, "", json);
    }
    String error = json.has("error_code") ? json.text("error_code") : "HTTP " + status;
    return new Answer(status, error, json);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
