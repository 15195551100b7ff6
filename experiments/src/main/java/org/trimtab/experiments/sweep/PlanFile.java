package org.trimtab.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.experiments.sweep.plan.SweepConfig;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.json.Json;

/** The plan of a sweep in its folder. */
public final class PlanFile {
  private PlanFile() {}

  static void write(SweepFolder folder, SweepPlan plan) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("name", plan.name());
    file.put("reference", plan.reference());
    file.put("varied", plan.varied());
    plan.halving()
        .ifPresent(h -> file.put("halving", Map.of("epochs", h.epochs(), "factor", h.factor())));
    List<Object> trials = new ArrayList<>();
    for (SweepTrial trial : plan.trials()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("id", trial.id());
      line.put("method", trial.method());
      line.put("task", trial.task());
      line.put("point", trial.point());
      line.put("seed", trial.seed());
      line.put("settings", trial.settings());
      trials.add(line);
    }
    file.put("trials", trials);
    AtomicFile.writeText(folder.plan(), Json.pretty(file));
  }

  /**
   * The plan that a sweep was begun with.
   *
   * @throws UserError if none was
   */
  public static SweepPlan read(SweepFolder folder) {
    if (!Files.isRegularFile(folder.plan())) {
      throw new UserError(
          folder.path() + ": no sweep was begun here; trimtab sweep run FILE begins one");
    }
    JsonNode file = Json.read(folder.plan());
    List<String> varied = new ArrayList<>();
    file.path("varied").forEach(key -> varied.add(key.asText()));
    List<SweepTrial> trials = new ArrayList<>();
    for (JsonNode trial : file.path("trials")) {
      trials.add(
          new SweepTrial(
              trial.path("id").asText(),
              trial.path("method").asText(),
              trial.path("task").asText(),
              texts(trial.path("point")),
              trial.path("seed").asLong(),
              texts(trial.path("settings"))));
    }
    JsonNode halving = file.path("halving");
    return new SweepPlan(
        file.path("name").asText(),
        file.path("reference").asText(),
        varied,
        halving.isObject()
            ? Optional.of(
                new SweepConfig.Halving(
                    halving.path("epochs").asInt(), halving.path("factor").asInt()))
            : Optional.empty(),
        trials);
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }
}
