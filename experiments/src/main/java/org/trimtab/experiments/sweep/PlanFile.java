package org.trimtab.experiments.sweep;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.experiments.sweep.plan.SweepConfig;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;

/** The plan of a sweep in its folder. */
public final class PlanFile {
  private static final String NAME = "name";
  private static final String REFERENCE = "reference";
  private static final String VARIED = "varied";
  private static final String HALVING = "halving";
  private static final String EPOCHS = "epochs";
  private static final String FACTOR = "factor";
  private static final String TRIALS = "trials";
  private static final String ID = "id";
  private static final String METHOD = "method";
  private static final String TASK = "task";
  private static final String POINT = "point";
  private static final String SEED = "seed";
  private static final String SETTINGS = "settings";

  private PlanFile() {}

  static void write(SweepFolder folder, SweepPlan plan) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put(NAME, plan.name());
    file.put(REFERENCE, plan.reference());
    file.put(VARIED, plan.varied());
    plan.halving().ifPresent(halving -> file.put(HALVING, json(halving)));
    file.put(TRIALS, plan.trials().stream().map(PlanFile::json).toList());
    AtomicFile.writeText(folder.plan(), Json.pretty(file));
  }

  private static Map<String, Object> json(SweepConfig.Halving halving) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(EPOCHS, halving.epochs());
    json.put(FACTOR, halving.factor());
    return json;
  }

  private static Map<String, Object> json(SweepTrial trial) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(ID, trial.id());
    json.put(METHOD, trial.method());
    json.put(TASK, trial.task());
    json.put(POINT, trial.point());
    json.put(SEED, trial.seed());
    json.put(SETTINGS, trial.settings());
    return json;
  }

  /**
   * The plan that a sweep was begun with.
   *
   * @throws UserError if none was, or its file is damaged
   */
  public static SweepPlan read(SweepFolder folder) {
    if (!Files.isRegularFile(folder.plan())) {
      throw new UserError(
          folder.path() + ": no sweep was begun here; trimtab sweep run FILE begins one");
    }
    return RecordFile.read(
        folder.plan(),
        "remove the file: trimtab sweep run writes it again, and trials that have ended stay",
        PlanFile::read);
  }

  private static SweepPlan read(JsonObject file) {
    return new SweepPlan(
        file.text(NAME),
        file.text(REFERENCE),
        file.texts(VARIED),
        file.has(HALVING) ? Optional.of(halving(file.object(HALVING))) : Optional.empty(),
        file.objects(TRIALS).stream().map(PlanFile::trial).toList());
  }

  private static SweepConfig.Halving halving(JsonObject json) {
    return new SweepConfig.Halving(json.number(EPOCHS), json.number(FACTOR));
  }

  private static SweepTrial trial(JsonObject json) {
    return new SweepTrial(
        json.text(ID),
        json.text(METHOD),
        json.text(TASK),
        json.textsByName(POINT),
        json.whole(SEED),
        json.textsByName(SETTINGS));
  }
}
