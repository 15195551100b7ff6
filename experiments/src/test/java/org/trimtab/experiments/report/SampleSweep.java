package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.trimtab.experiments.statistics.Summary;

/** Rows by tasks by seeds, as the JSON value of a report. */
record SampleSweep(
    String name,
    @Nullable String reference,
    List<SampleTask> tasks,
    List<SampleRow> rows,
    List<Integer> seeds,
    Fate fate) {

  /** What becomes of a trial. */
  @FunctionalInterface
  interface Fate {
    String of(SampleRow row, SampleTask task, int seed);
  }

  SampleSweep(
      String name,
      @Nullable String reference,
      List<SampleTask> tasks,
      List<SampleRow> rows,
      List<Integer> seeds) {
    this(name, reference, tasks, rows, seeds, SampleSweep::mixed);
  }

  SampleSweep with(Fate other) {
    return new SampleSweep(name, reference, tasks, rows, seeds, other);
  }

  /** Prompts at the largest rate give way here and there; a trial fails, one is pending. */
  private static String mixed(SampleRow row, SampleTask task, int seed) {
    String trial = row.name().replaceAll(", method.*", "") + " " + task.name() + " " + seed;
    return switch (trial) {
      case "prompt, train.lr=1e-1 rte 1", "prompt, train.lr=1e-1 mrpc 2" -> "collapsed";
      case "prompt, train.lr=1e-1 rte 3",
          "prompt, train.lr=1e-1 sst2 1",
          "prompt, train.lr=1e-1 sst2 2",
          "prompt, train.lr=1e-1 sst2 3",
          "residual-prompt, train.lr=1e-1 mrpc 3" ->
          "diverged";
      case "lora sst2 2" -> "failed";
      case "unipelt sst2 3" -> "pending";
      default -> "finished";
    };
  }

  ObjectNode json() {
    List<ObjectNode> trials = new ArrayList<>();
    ArrayNode rowNodes = SampleReport.object().putArray("rows");
    for (SampleRow row : rows) {
      rowNodes.add(row(row, trials));
    }
    ObjectNode report = SampleReport.object();
    report.put("name", name).put("created", "2026-11-24T10:00:00Z").put("reference", reference);
    report.putArray("varied");
    report.set("counts", counts(trials));
    report.put("seconds", trials.stream().mapToDouble(t -> t.path("seconds").asDouble()).sum());
    report.putArray("tasks").addAll(tasks.stream().map(SampleSweep::task).toList());
    report.set("rows", rowNodes);
    report.putArray("trials").addAll(trials);
    report.set("provenance", provenance());
    return report;
  }

  private static ObjectNode task(SampleTask task) {
    return SampleReport.object()
        .put("name", task.name())
        .put("metric", task.metric())
        .put("better", task.rate() ? "higher" : "lower")
        .put("rate", task.rate())
        .put("split", "dev")
        .put("items", (double) task.items())
        .put("baseline", task.baseline())
        .put("subset", task.name().equals("sst2"));
  }

  private ObjectNode row(SampleRow row, List<ObjectNode> trials) {
    ObjectNode node = SampleReport.object().put("name", row.name()).put("method", row.method());
    ObjectNode settings = node.putObject("settings");
    row.settings().forEach(settings::put);
    ArrayNode cells = SampleReport.object().putArray("cells");
    List<Double> means = new ArrayList<>();
    for (SampleTask task : tasks) {
      List<ObjectNode> ofCell = new ArrayList<>();
      seeds.forEach(s -> ofCell.add(new SampleTrial(row, task, s, fate.of(row, task, s)).json()));
      trials.addAll(ofCell);
      ObjectNode cell =
          new SampleCell(row, task, ofCell, reference == null || row.name().equals(reference))
              .json();
      cells.add(cell);
      if (cell.path("score").has("mean")) {
        means.add(cell.path("score").path("mean").asDouble());
      }
    }
    node.set("average", average(means));
    node.set("cells", cells);
    return node;
  }

  private static @Nullable JsonNode average(List<Double> means) {
    if (means.isEmpty()) {
      return null;
    }
    double mean = Summary.of(means.stream().mapToDouble(Double::doubleValue).toArray()).mean();
    return SampleReport.object()
        .put("mean", mean)
        .put("tasks", (double) means.size())
        .put("wilcoxon_p", means.size() > 2 ? 0.25 : null);
  }

  private static ObjectNode counts(List<ObjectNode> trials) {
    ObjectNode counts = SampleReport.object().put("trials", (double) trials.size());
    double collapsed = count(trials, "collapsed");
    counts.put("finished", count(trials, "finished") + collapsed).put("collapsed", collapsed);
    for (String status : List.of("diverged", "failed", "pending")) {
      counts.put(status, count(trials, status));
    }
    return counts;
  }

  static double count(List<ObjectNode> trials, String status) {
    return trials.stream().filter(t -> t.path("status").asText().equals(status)).count();
  }

  static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static ObjectNode provenance() {
    ObjectNode provenance = SampleReport.object();
    provenance.put("git_commit", "0f3c2b1a9d8e7f6054132435465768798a9bacbd").put("git_dirty", "no");
    provenance.put("java_version", "17.0.15").put("os_name", "Linux").put("os_arch", "amd64");
    provenance.put("cpu", "An Example Processor @ 2.40GHz").put("processors", 2.0);
    provenance.put("engine", "libtorch 2.7.1").put("backbone", "all-minilm-l6-v2");
    provenance
        .putArray("code")
        .add("lora 5d41402abc4b2a76b9719d911017c592")
        .add("prompt 7d793037a0");
    return provenance;
  }
}
