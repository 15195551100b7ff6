package org.trimtab.experiments.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.AtomicFile;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;
import org.trimtab.tuning.AdapterOrigin;

/** Where a result came from: {@code provenance.json}. */
public record Provenance(
    Beginning beginning, Settings settings, Inputs inputs, Code code, Environment environment) {
  /** The keys of what determines a result, by which changes are found and told. */
  public static final String CONFIG = "config";

  public static final String BACKBONE_SHA256 = AdapterOrigin.BACKBONE_SHA256;
  public static final String TOKENIZER_SHA256 = AdapterOrigin.TOKENIZER_SHA256;
  public static final String DATA_SHA256 = AdapterOrigin.DATA_SHA256;
  public static final String CODE = "code";

  private static final String TRIAL = "trial";
  private static final String COMMAND = "command";
  private static final String CREATED = "created";
  private static final String CONFIG_SHA256 = "config_sha256";
  private static final String BACKBONE = "backbone";
  private static final String SEED = "seed";
  private static final String COMMIT = "git_commit";
  private static final String DIRTY = "git_dirty";
  private static final String PRECISION = "precision";
  private static final String DEVICE = "device";

  /** They differ between any two runs, and say nothing. */
  public static final List<String> OF_ONE_RUN = List.of(COMMAND, CREATED, TRIAL, CONFIG_SHA256);

  /** They differ between the trials of a sweep by their nature, or stand elsewhere. */
  public static final List<String> OF_ONE_TRIAL =
      List.of(TRIAL, COMMAND, CREATED, CONFIG, CONFIG_SHA256, SEED);

  /**
   * How the run was begun.
   *
   * @param trial the name of its folder
   * @param created the time, as ISO 8601 writes it
   */
  public record Beginning(String trial, List<String> command, String created) {}

  /**
   * What the experiment says.
   *
   * @param config what determines the result, by key
   * @param sha256 of the same
   * @param precision of the computation
   * @param device what computes, by its name on the machine
   */
  public record Settings(
      Map<String, String> config, String sha256, long seed, String precision, String device) {}

  /** What was read: the backbone's name, and hashes of contents. */
  public record Inputs(
      String backbone, String backboneSha256, String tokenizerSha256, String dataSha256) {
    /** The hashes by their keys. */
    public Map<String, String> hashes() {
      Map<String, String> hashes = new LinkedHashMap<>();
      hashes.put(DATA_SHA256, dataSha256);
      hashes.put(BACKBONE_SHA256, backboneSha256);
      hashes.put(TOKENIZER_SHA256, tokenizerSha256);
      return hashes;
    }
  }

  /**
   * The code that ran.
   *
   * @param commit that it was built of; empty where there was no repository
   * @param dirty whether the build had changes of its own
   */
  public record Code(CodeHashes hashes, String commit, boolean dirty) {}

  /**
   * Of each part's classes; the method's are those that it combines, too.
   *
   * @param plugins of further jars, whose tasks, heads and the like a trial uses
   */
  public record CodeHashes(
      String core, String method, String experiments, Optional<String> plugins) {
    private static final String CORE = "core";
    private static final String METHOD = "method";
    private static final String EXPERIMENTS = "experiments";
    private static final String PLUGINS = "plugins";

    private Map<String, String> json() {
      Map<String, String> json = new LinkedHashMap<>();
      json.put(CORE, core);
      json.put(METHOD, method);
      json.put(EXPERIMENTS, experiments);
      plugins.ifPresent(hash -> json.put(PLUGINS, hash));
      return json;
    }

    private static CodeHashes read(JsonObject json) {
      return new CodeHashes(
          json.text(CORE),
          json.text(METHOD),
          json.text(EXPERIMENTS),
          json.has(PLUGINS) ? Optional.of(json.text(PLUGINS)) : Optional.empty());
    }
  }

  /** The same in a folder of another name. */
  public Provenance named(String trial) {
    Beginning other = new Beginning(trial, beginning.command(), beginning.created());
    return new Provenance(other, settings, inputs, code, environment);
  }

  /** Writes it into {@code folder}. */
  public void write(RunFolder folder) {
    AtomicFile.writeText(folder.provenance(), Json.pretty(json()));
  }

  /** As the file holds it. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(TRIAL, beginning.trial());
    json.put(COMMAND, beginning.command());
    json.put(CREATED, beginning.created());
    json.put(CONFIG, settings.config());
    json.put(CONFIG_SHA256, settings.sha256());
    json.put(BACKBONE, inputs.backbone());
    json.put(BACKBONE_SHA256, inputs.backboneSha256());
    json.put(TOKENIZER_SHA256, inputs.tokenizerSha256());
    json.put(DATA_SHA256, inputs.dataSha256());
    json.put(SEED, settings.seed());
    json.put(CODE, code.hashes().json());
    json.put(COMMIT, code.commit());
    json.put(DIRTY, code.dirty());
    json.putAll(environment.json());
    json.put(PRECISION, settings.precision());
    json.put(DEVICE, settings.device());
    return json;
  }

  /**
   * Reads that of {@code folder}.
   *
   * @throws org.trimtab.base.UserError if it isn't there or is damaged
   */
  public static Provenance read(RunFolder folder) {
    return RecordFile.read(
        folder.provenance(),
        "what has changed since can't be told; put the file back, or remove its folder to begin anew",
        Provenance::read);
  }

  private static Provenance read(JsonObject json) {
    return new Provenance(
        new Beginning(json.text(TRIAL), json.texts(COMMAND), json.text(CREATED)),
        new Settings(
            json.textsByName(CONFIG),
            json.text(CONFIG_SHA256),
            json.whole(SEED),
            json.text(PRECISION),
            json.has(DEVICE) ? json.text(DEVICE) : ComputeDevice.CPU.name()), // before others were
        new Inputs(
            json.text(BACKBONE),
            json.text(BACKBONE_SHA256),
            json.text(TOKENIZER_SHA256),
            json.text(DATA_SHA256)),
        new Code(CodeHashes.read(json.object(CODE)), json.text(COMMIT), json.truth(DIRTY)),
        Environment.read(json));
  }
}
