package org.trimtab.experiments.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Made-up reports: a rich one, and the edges. */
final class SampleReport {
  static final String HOSTILE =
      "<img src=x onerror=\"window.broken = true\"></script><!-- {{style}}";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String LR = "train.lr";
  private static final String INIT = "method.init";
  private static final List<SampleTask> TASKS =
      List.of(
          new SampleTask("rte", "accuracy", 277, 0.527, 0.16),
          new SampleTask("mrpc", "accuracy", 408, 0.684, 0.18),
          new SampleTask("sst2", "accuracy", 872, 0.509, 0.40));

  private SampleReport() {}

  /** All of them, by name. */
  static Map<String, Map<String, Object>> all() {
    return Map.of(
        "rich", rich(),
        "single", single(),
        "pending", pending(),
        "errors", errors(),
        "empty", empty(),
        "hostile", hostile());
  }

  /** Seven methods, two of them at four learning rates, by three tasks and three seeds. */
  static Map<String, Object> rich() {
    return value(new SampleSweep("glue-small", "head-only", TASKS, rows(), List.of(1, 2, 3)));
  }

  /** One trial, finished: no deviation, no interval, nothing to compare with. */
  static Map<String, Object> single() {
    List<SampleRow> rows = List.of(SampleRow.of("lora", 147_456, 41, 0.9));
    return value(new SampleSweep("one", null, TASKS.subList(0, 1), rows, List.of(1)));
  }

  /** Errors, the first task's around 350, of whose baselines one is undefined. */
  static Map<String, Object> errors() {
    List<SampleTask> tasks =
        List.of(
            new SampleTask("grades", "mse", 9, 0.5, 0.2),
            new SampleTask("rte", "accuracy", 9, 0.5, 0.2));
    List<SampleRow> rows = List.of(SampleRow.of("lora", 147_456, 41, 0.9));
    ObjectNode report = new SampleSweep("errors", null, tasks, rows, List.of(1, 2)).json();
    ((ObjectNode) report.at("/tasks/0")).putNull("baseline");
    ((ObjectNode) report.at("/rows/0/cells/0/score"))
        .put("mean", 350.25)
        .put("sd", 0.125)
        .put("low", 349.5)
        .put("high", 351.0);
    for (var trial : report.withArray("trials")) {
      if (trial.path("task").asText().equals("grades")) {
        ((ObjectNode) trial).put("score", 350.25);
      }
    }
    return map(report);
  }

  /** A sweep that has not begun. */
  static Map<String, Object> pending() {
    SampleSweep sweep = new SampleSweep("new", "head-only", TASKS, rows(), List.of(1, 2, 3));
    return value(sweep.with((row, task, seed) -> "pending"));
  }

  /** No task, no row, no trial. */
  static Map<String, Object> empty() {
    return value(new SampleSweep("empty", null, List.of(), List.of(), List.of()));
  }

  /** Markup in every text. */
  static Map<String, Object> hostile() {
    SampleTask task = new SampleTask("t" + HOSTILE, "m" + HOSTILE, 10, 0.5, 0.3);
    List<SampleRow> rows = new ArrayList<>();
    for (String value : List.of("v" + HOSTILE, "w" + HOSTILE)) {
      String name = "r" + HOSTILE + value;
      rows.add(new SampleRow(name, "m" + HOSTILE, Map.of("k" + HOSTILE, value), 9, 9, 0.5));
    }
    ObjectNode report =
        new SampleSweep("s" + HOSTILE, rows.get(0).name(), List.of(task), rows, List.of(1, 2))
            .with((row, t, seed) -> row.equals(rows.get(1)) && seed == 2 ? "failed" : "finished")
            .json();
    report.withArray("varied").removeAll().add("k" + HOSTILE);
    for (var trial : report.withArray("trials")) {
      ObjectNode node = (ObjectNode) trial;
      node.put("message", HOSTILE).put("folder", HOSTILE).put("id", HOSTILE);
      node.withArray("warnings").add(HOSTILE);
      node.withObject("gates").putArray("layer.0." + HOSTILE).addArray().add(1.0).add(0.5);
    }
    report.withObject("provenance").put("p" + HOSTILE, HOSTILE);
    return map(report);
  }

  private static List<SampleRow> rows() {
    List<SampleRow> rows = new ArrayList<>();
    rows.add(SampleRow.of("head-only", 770, 9, 0.25));
    rows.add(SampleRow.of("bitfit", 21_890, 38, 0.8));
    rows.add(SampleRow.of("adapter", 302_976, 45, 0.93));
    rows.add(SampleRow.of("lora", 147_456, 41, 0.9));
    rows.add(SampleRow.of("unipelt", 624_128, 66, 0.97));
    double[] prompt = {0.12, 0.4, 0.62, 0.2};
    double[] residual = {0.45, 0.66, 0.72, 0.6};
    String[] rates = {"1e-4", "1e-3", "1e-2", "1e-1"};
    for (int i = 0; i < rates.length; i++) {
      rows.add(tuned("prompt", rates[i], "random", 7_680, 33, prompt[i]));
    }
    rows.add(tuned("prompt", "1e-2", "vocabulary", 7_680, 33, 0.68));
    for (int i = 0; i < rates.length; i++) {
      rows.add(tuned("residual-prompt", rates[i], "random", 315_648, 36, residual[i]));
    }
    return rows;
  }

  private static SampleRow tuned(
      String method, String rate, String init, long parameters, double seconds, double strength) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(LR, rate);
    settings.put(INIT, init);
    String name = method + ", " + LR + "=" + rate + ", " + INIT + "=" + init;
    return new SampleRow(name, method, settings, parameters, seconds, strength);
  }

  private static Map<String, Object> value(SampleSweep sweep) {
    ObjectNode report = sweep.json();
    report.withArray("varied").add(LR).add(INIT);
    return map(report);
  }

  private static Map<String, Object> map(ObjectNode report) {
    return MAPPER.convertValue(report, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
