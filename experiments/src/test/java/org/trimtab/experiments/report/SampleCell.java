package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.experiments.statistics.Interval;
import org.trimtab.experiments.statistics.Summary;

/**
 * What a row reaches on a task, from its made-up trials.
 *
 * @param alone that there is nothing to compare it with
 */
record SampleCell(SampleRow row, SampleTask task, List<ObjectNode> trials, boolean alone) {
  private static final double ENCODER = 22_713_216;

  ObjectNode json() {
    List<ObjectNode> scored = trials.stream().filter(t -> t.path("score").isNumber()).toList();
    ObjectNode cell = SampleReport.object().put("task", task.name());
    cell.put("trials", (double) trials.size());
    double collapsed = SampleSweep.count(trials, "collapsed");
    cell.put("finished", SampleSweep.count(trials, "finished") + collapsed);
    cell.put("collapsed", collapsed);
    for (String status : List.of("diverged", "failed", "pending")) {
      cell.put(status, SampleSweep.count(trials, status));
    }
    cell.set("score", score(scored));
    ArrayNode scores = cell.putArray("scores");
    scored.forEach(t -> scores.addObject().setAll(both(t, "seed", "score")));
    cost(cell, scored);
    cell.set("comparison", alone ? null : comparison(scored));
    return cell;
  }

  private static ObjectNode both(ObjectNode trial, String first, String second) {
    return SampleReport.object()
        .put(first, trial.path(first).asDouble())
        .put(second, trial.path(second).asDouble());
  }

  private void cost(ObjectNode cell, List<ObjectNode> scored) {
    boolean known = !scored.isEmpty();
    cell.put("parameters", known ? (double) row.parameters() : null);
    cell.put("total_parameters", known ? ENCODER + (double) row.parameters() : null);
    cell.put("seconds", known ? scored.get(0).path("seconds").asDouble() : null);
    cell.put("memory_mib", known ? scored.get(0).path("memory_mib").asDouble() : null);
  }

  private static @Nullable JsonNode score(List<ObjectNode> scored) {
    if (scored.isEmpty()) {
      return null;
    }
    Summary summary =
        Summary.of(scored.stream().mapToDouble(t -> t.path("score").asDouble()).toArray());
    return SampleReport.object()
        .put("n", (double) summary.count())
        .put("mean", summary.mean())
        .put("sd", SampleSweep.orNull(summary.standardDeviation()))
        .put("low", summary.interval().map(Interval::low).orElse(null))
        .put("high", summary.interval().map(Interval::high).orElse(null));
  }

  private @Nullable JsonNode comparison(List<ObjectNode> scored) {
    if (scored.isEmpty()) {
      return null;
    }
    double gain = task.room() * (row.strength() - 0.25);
    String mark = gain > 0.05 ? "better" : gain < -0.015 ? "worse" : "same";
    ObjectNode comparison = SampleReport.object().put("difference", gain);
    comparison.put("low", gain - 0.03).put("high", gain + 0.03);
    comparison.put("p", mark.equals("same") ? 0.21 : 0.0004);
    comparison.put("adjusted", mark.equals("same") ? 0.63 : 0.0052).put("mark", mark);
    comparison.put("smallest_effect", 0.031);
    ArrayNode tests = comparison.putArray("mcnemar");
    scored.forEach(t -> tests.addObject().put("seed", t.path("seed").asDouble()).put("p", 0.04));
    return comparison;
  }
}
