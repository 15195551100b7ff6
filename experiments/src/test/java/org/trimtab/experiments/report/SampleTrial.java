package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** One made-up trial of a {@link SampleReport}. */
final class SampleTrial {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int STEPS = 160;
  private static final int EVERY = 16;

  private final SampleRow row;
  private final SampleTask task;
  private final int seed;
  private final String status;
  private final Random random;

  SampleTrial(SampleRow row, SampleTask task, int seed, String status) {
    this.row = row;
    this.task = task;
    this.seed = seed;
    this.status = status;
    this.random = new Random(31L * (row.name() + task.name()).hashCode() + seed);
  }

  ObjectNode json() {
    String id = String.format("%012x", random.nextLong() & 0xffffffffffffL);
    ObjectNode trial = JSON.objectNode();
    trial.put("id", id).put("row", row.name()).put("task", task.name()).put("seed", (double) seed);
    trial.put("status", status);
    result(trial);
    trial.set("warnings", warnings());
    trial.put("folder", "trials/" + id);
    traces(trial);
    return trial;
  }

  boolean finished() {
    return status.equals("finished") || status.equals("collapsed");
  }

  private void result(ObjectNode trial) {
    Double score = finished() ? score() : null;
    trial.put("score", score);
    ObjectNode metrics = trial.putObject("metrics");
    if (score != null) {
      metrics.put(task.metric(), score).put("f1", score - 0.013);
    }
    boolean ran = !status.equals("pending");
    trial.put("parameters", ran ? (double) row.parameters() : null);
    trial.put(
        "seconds", ran ? row.seconds() + task.items() / 50.0 + 3 * random.nextDouble() : null);
    trial.put("memory_mib", ran ? 700.0 + Math.sqrt((double) row.parameters()) : null);
    trial.put("steps", ran ? (double) STEPS : null);
    trial.put("best_step", finished() ? 128.0 : null);
    trial.put("message", message());
  }

  private double score() {
    if (status.equals("collapsed")) {
      return task.baseline();
    }
    double best = task.baseline() + task.room() * row.strength();
    return Math.min(1, best + 0.012 * random.nextGaussian());
  }

  private @org.jspecify.annotations.Nullable String message() {
    return switch (status) {
      case "collapsed" -> "predicts one class alone, as the majority baseline does";
      case "diverged" -> "the loss is not finite at step 43";
      case "failed" -> "no space left on device </script><!-- <script> & \u2028";
      default -> null;
    };
  }

  private ArrayNode warnings() {
    ArrayNode warnings = JSON.arrayNode();
    if (task.name().equals("rte") && seed == 2) {
      warnings.add("12 texts are longer than 128 tokens and were truncated");
    }
    return warnings;
  }

  private void traces(ObjectNode trial) {
    ArrayNode loss = trial.putArray("loss");
    ArrayNode dev = trial.putArray("dev");
    ObjectNode gates = trial.putObject("gates");
    if (status.equals("pending") || status.equals("failed")) {
      return;
    }
    boolean diverges = status.equals("diverged");
    double end = status.equals("collapsed") ? 0.68 : 0.68 - 0.5 * row.strength();
    for (int step = 1; step <= (diverges ? 43 : STEPS); step++) {
      double falls = end + (0.72 - end) * Math.exp(-step / 40.0);
      double value = diverges ? 0.7 * Math.exp(step / 14.0) : falls + 0.03 * random.nextGaussian();
      loss.add(point(step, value));
    }
    for (int step = EVERY; step <= (diverges ? 32 : STEPS); step += EVERY) {
      dev.add(point(step, devAt(step)));
    }
    if (row.gated() && finished()) {
      gates(gates);
    }
  }

  private double devAt(int step) {
    double reached = finished() && !status.equals("collapsed") ? row.strength() : 0;
    double share = 1 - Math.exp(-step / 35.0);
    double noise = status.equals("collapsed") ? 0 : 0.008 * random.nextGaussian();
    return Math.min(1, task.baseline() + task.room() * reached * share + noise);
  }

  private void gates(ObjectNode gates) {
    for (int layer = 0; layer < 6; layer++) {
      for (String part : List.of("prefix", "lora.query", "lora.value", "adapter")) {
        ArrayNode line = gates.putArray("layer." + layer + "." + part);
        double end = 0.2 + 0.11 * layer + 0.15 * random.nextDouble() - part.length() / 80.0;
        for (int step = 0; step <= STEPS; step += EVERY) {
          line.add(point(step, end + (0.5 - end) * Math.exp(-step / 50.0)));
        }
      }
    }
  }

  private static ArrayNode point(int step, double value) {
    return JSON.arrayNode().add((double) step).add(value);
  }
}
