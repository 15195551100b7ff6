package org.trimtab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.config.Loaded;
import org.trimtab.config.Setting;
import org.trimtab.config.SettingValue;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.method.MethodConfig;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.TrainingListeners;
import org.trimtab.tuning.SavedUse;

/**
 * Tunes a frozen backbone: an experiment whose settings a program says. What nobody says has the
 * default that experiments' files have. Each method gives another tuner, and leaves this one as it
 * is.
 *
 * <pre>{@code
 * try (TunedModel reviews =
 *     Tuner.on(Path.of("bert-base-uncased"))
 *         .method("prompt", Map.of("length", 20))
 *         .set("train.epochs", 5)
 *         .train(LabelledTexts.of(texts, labels))) {
 *   reviews.save(Path.of("reviews"));
 * }
 * }</pre>
 */
public final class Tuner {
  private static final double DEV_SHARE = 0.1;
  private static final SavedUse USE =
      new SavedUse("what a program tunes", List.of("checkpoint", "trackers"));

  private final List<Path> files;
  private final List<Setting> settings;
  private final List<TrainingListener> listeners;

  private Tuner(List<Path> files, List<Setting> settings, List<TrainingListener> listeners) {
    this.files = List.copyOf(files);
    this.settings = List.copyOf(settings);
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Over a model in Hugging Face's layout.
   *
   * @param directory with {@code config.json}, safetensors and {@code tokenizer.json}
   */
  public static Tuner on(Path directory) {
    return on("huggingface", Map.of("directory", directory));
  }

  /**
   * Over all-MiniLM-L6-v2, whose jar must be on the class path; {@code docs/library.md} names it.
   */
  public static Tuner onMiniLm() {
    return on("onnx", Map.of());
  }

  /**
   * Over another kind of backbone.
   *
   * @param type as YAML names it: {@code onnx-file}, or a plug-in's
   * @param settings by their YAML keys
   */
  public static Tuner on(String type, Map<String, ?> settings) {
    return new Tuner(List.of(), List.of(), List.of())
        .with(SettingValue.ofType("Tuner.on", "backbone", type, settings));
  }

  /** As an experiment's YAML file says, of which {@link #set} may say more. */
  public static Tuner ofExperiment(Path file) {
    return new Tuner(List.of(file), List.of(), List.of());
  }

  /**
   * Tunes by the method called {@code name}.
   *
   * @param options by their YAML keys, such as {@code reduction_factor}; the others have defaults
   */
  public Tuner method(String name, Map<String, ?> options) {
    return with(SettingValue.ofType("Tuner.method", "method", name, options));
  }

  /** Tunes by the method that takes {@code config}. */
  public Tuner method(MethodConfig config) {
    String yaml = ExperimentFiles.of(MethodRegistry.installed()).write(config);
    return with(new Setting("Tuner.method", yaml.replaceFirst("^method:", "method=")));
  }

  /**
   * Sets a key of an experiment.
   *
   * @param key such as {@code train.lr}
   * @param value text, a number, a truth, a path, or a collection or map of these
   * @throws UserError if it is none of these
   */
  public Tuner set(String key, Object value) {
    return with(SettingValue.of("Tuner.set", key, value));
  }

  /** Tells {@code listener} what happens in the training, as it happens. */
  public Tuner listener(TrainingListener listener) {
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(listener);
    return new Tuner(files, settings, all);
  }

  /**
   * Ends the training after the update at which {@code enough} says so: the model is then the best
   * one so far.
   */
  public Tuner stopWhen(BooleanSupplier enough) {
    return listener(
        new TrainingListener() {
          @Override
          public boolean endsHere() {
            return enough.getAsBoolean();
          }
        });
  }

  private Tuner with(Setting setting) {
    List<Setting> all = new ArrayList<>(settings);
    all.add(setting);
    return new Tuner(files, all, listeners);
  }

  /**
   * Trains on nine tenths of {@code texts}; a tenth, drawn by the seed, is the dev set, on which
   * the best state is found.
   *
   * @throws UserError for settings that aren't allowed, or texts that can't be read
   * @throws org.trimtab.train.TrainingException if the training can't go on
   */
  public TunedModel train(LabelledTexts texts) {
    long seed = load(texts).value().seeds().get(0);
    LabelledTexts.Parts parts = texts.split(DEV_SHARE, new RandomStreams(seed).stream("held-out"));
    return train(load(texts), new TuningData.OfTexts(parts.train(), parts.dev()));
  }

  /**
   * Trains on {@code train} and keeps the state that is best on {@code dev}.
   *
   * @throws UserError as {@link #train(LabelledTexts)}
   */
  public TunedModel train(LabelledTexts train, LabelledTexts dev) {
    return train(load(train), new TuningData.OfTexts(train, dev));
  }

  /**
   * Trains on the task's own files, which the experiment names.
   *
   * @throws UserError as {@link #train(LabelledTexts)}
   */
  public TunedModel train() {
    Loaded<ExperimentConfig> loaded = load(settings);
    return train(loaded, new TuningData.OfFiles());
  }

  private TunedModel train(Loaded<ExperimentConfig> loaded, TuningData data) {
    try {
      requireOneSeed(loaded.value());
      return TunedModel.train(loaded.value(), data, new TrainingListeners(listeners));
    } catch (Invalid e) {
      throw loaded.at(e);
    }
  }

  private static void requireOneSeed(ExperimentConfig config) {
    if (config.seeds().size() > 1) {
      throw new Invalid("seeds", "found " + config.seeds() + "; allowed one seed for one model");
    }
  }

  private Loaded<ExperimentConfig> load(LabelledTexts texts) {
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("type", "texts");
    task.put("name", "texts");
    boolean classes = texts.range().isEmpty();
    texts
        .range()
        .ifPresentOrElse(
            range -> task.put("range", Map.of("min", range.min(), "max", range.max())),
            () -> task.put("labels", texts.classes().stream().map(Tuner::label).toList()));
    task.put("metrics", classes ? List.of("accuracy", "f1-macro") : List.of("pearson", "spearman"));
    task.put("main_metric", classes ? "accuracy" : "pearson");
    List<Setting> all = new ArrayList<>();
    all.add(SettingValue.of("LabelledTexts", "task", task));
    all.addAll(settings);
    return load(all);
  }

  private static Map<String, Object> label(String label) {
    return Map.of("value", label, "word", label);
  }

  private Loaded<ExperimentConfig> load(List<Setting> all) {
    USE.require(settings);
    return ExperimentFiles.of(MethodRegistry.installed()).read(files, all, Optional.empty());
  }
}
