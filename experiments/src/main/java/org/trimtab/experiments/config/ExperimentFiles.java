package org.trimtab.experiments.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.SettingKind;
import org.trimtab.config.ConfigLoader;
import org.trimtab.config.ConfigTypes;
import org.trimtab.config.ConfigWriter;
import org.trimtab.config.Loaded;
import org.trimtab.config.SchemaWriter;
import org.trimtab.config.Setting;
import org.trimtab.config.Variables;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.HeadConfig;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.prompt.LabelInit;
import org.trimtab.method.prompt.PromptInit;
import org.trimtab.method.prompt.TextInit;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.method.prompt.VocabularyInit;
import org.trimtab.methods.prompt.FileInit;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.pretrained.BackboneConfig;
import org.trimtab.pretrained.HfBackboneConfig;
import org.trimtab.pretrained.OnnxFileBackboneConfig;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.type.CsvTaskConfig;
import org.trimtab.task.type.JsonlTaskConfig;
import org.trimtab.task.type.MultiRcTaskConfig;
import org.trimtab.task.type.MultipleChoiceTaskConfig;
import org.trimtab.task.type.RecordTaskConfig;
import org.trimtab.task.type.TsvTaskConfig;
import org.trimtab.train.optimizer.OptimizerConfig;

/** Experiment files: every type that they can name, and where its defaults stand. */
public final class ExperimentFiles {
  private static final String DATA = "TRIMTAB_DATA";
  private final ConfigTypes types;

  @jakarta.inject.Inject
  public ExperimentFiles(MethodRegistry methods) {
    ConfigTypes.Builder builder = ConfigTypes.builder();
    builder
        .add(BackboneConfig.class, "onnx", OnnxBackboneConfig.class, defaults("onnx"))
        .add(
            BackboneConfig.class,
            "onnx-file",
            OnnxFileBackboneConfig.class,
            beside(OnnxFileBackboneConfig.class, "onnx-file"))
        .add(
            BackboneConfig.class,
            "huggingface",
            HfBackboneConfig.class,
            beside(HfBackboneConfig.class, "huggingface"))
        .add(TaskConfig.class, "tsv", TsvTaskConfig.class, defaults("tsv"))
        .add(TaskConfig.class, "jsonl", JsonlTaskConfig.class, defaults("jsonl"))
        .add(TaskConfig.class, "csv", CsvTaskConfig.class, Optional.empty())
        .add(
            TaskConfig.class,
            "multiple-choice",
            MultipleChoiceTaskConfig.class,
            defaults("multiple-choice"))
        .add(TaskConfig.class, "multirc", MultiRcTaskConfig.class, Optional.empty())
        .add(TaskConfig.class, "record", RecordTaskConfig.class, Optional.empty())
        .add(HeadConfig.class, "linear", LinearHeadConfig.class, defaults("linear"))
        .add(HeadConfig.class, "dense", DenseHeadConfig.class, defaults("dense"))
        .add(OptimizerConfig.class, "adamw", OptimizerConfig.AdamWConfig.class, defaults("adamw"))
        .add(OptimizerConfig.class, "sgd", OptimizerConfig.SgdConfig.class, defaults("sgd"))
        .add(
            OptimizerConfig.class,
            "adafactor",
            OptimizerConfig.AdafactorConfig.class,
            defaults("adafactor"))
        .add(PromptInit.class, "uniform", UniformInit.class, defaults("uniform"))
        .add(PromptInit.class, "vocabulary", VocabularyInit.class, defaults("vocabulary"))
        .add(PromptInit.class, "label", LabelInit.class, defaults("label"))
        .add(PromptInit.class, "text", TextInit.class, defaults("text"))
        .add(PromptInit.class, "file", FileInit.class, defaults("file"));
    methods.all().forEach(binding -> add(builder, binding));
    types = builder.build();
  }

  private static void add(ConfigTypes.Builder builder, MethodBinding binding) {
    Class<? extends MethodConfig> config = binding.method().configType();
    builder.add(
        MethodConfig.class,
        binding.name(),
        config,
        Optional.ofNullable(config.getResource("defaults.yaml")));
    binding.method().kinds().forEach(kind -> add(builder, kind));
  }

  private static <K> void add(ConfigTypes.Builder builder, SettingKind<K> kind) {
    kind.types()
        .forEach(
            (name, type) ->
                builder.add(
                    kind.kind(),
                    name,
                    type,
                    Optional.ofNullable(type.getResource(name + ".yaml"))));
  }

  private static Optional<URL> beside(Class<?> record, String name) {
    return Optional.ofNullable(record.getResource(name + ".yaml"));
  }

  private static Optional<URL> defaults(String name) {
    return Optional.ofNullable(ExperimentFiles.class.getResource(name + ".yaml"));
  }

  /**
   * Loads an experiment.
   *
   * @param data the folder that stands for {@code ${TRIMTAB_DATA}}
   * @throws org.trimtab.base.UserError with all that is wrong
   */
  public ExperimentConfig load(Path file, List<String> sets, Optional<Path> data) {
    return read(file, sets, data).value();
  }

  /** As {@link #load}, with the places of what the files say. */
  public Loaded<ExperimentConfig> read(Path file, List<String> sets, Optional<Path> data) {
    return read(List.of(file), Setting.ofCommandLine(sets), data);
  }

  /**
   * Reads an experiment of several files.
   *
   * @param files a later one lies over an earlier one
   * @param settings over all of them
   */
  public Loaded<ExperimentConfig> read(
      List<Path> files, List<Setting> settings, Optional<Path> data) {
    Map<String, String> values =
        data.map(d -> Map.of(DATA, d.toAbsolutePath().normalize().toString())).orElse(Map.of());
    String hint =
        "name the folder that holds glue/ with --data DIR or the environment variable " + DATA;
    return new ConfigLoader(types, defaults("defaults"), new Variables(values, Map.of(DATA, hint)))
        .read(files, settings, ExperimentConfig.class);
  }

  /**
   * The types that a method's settings choose among, the methods themselves apart: {@code
   * encoder.type: first-pass} and the like, each with its defaults.
   */
  public Map<String, Optional<URL>> typesWithin(Class<? extends MethodConfig> settings) {
    Map<Class<?>, String> kinds = new LinkedHashMap<>();
    for (RecordComponent component : settings.getRecordComponents()) {
      Type type = component.getGenericType();
      Type kind = type instanceof ParameterizedType of ? of.getActualTypeArguments()[0] : type;
      if (kind instanceof Class<?> one && one != MethodConfig.class) {
        kinds.merge(one, component.getName() + ".type", (a, b) -> a + ", " + b);
      }
    }
    Map<String, Optional<URL>> within = new LinkedHashMap<>();
    kinds.forEach(
        (kind, keys) ->
            types
                .names(kind)
                .forEach(name -> within.put(keys + ": " + name, types.defaults(kind, name))));
    return within;
  }

  /** The whole of an experiment as YAML that {@link #load} reads. */
  public String write(ExperimentConfig config) {
    return new ConfigWriter(types).write(config);
  }

  /** The JSON Schema of experiment files. */
  public Map<String, Object> schema() {
    return new SchemaWriter(types)
        .write(ExperimentConfig.class, defaults("defaults"), "A Trimtab experiment");
  }

  /** What of an experiment determines its result, each setting by its key. */
  public Map<String, String> settings(ExperimentConfig config) {
    Map<String, String> settings =
        new ConfigWriter(types).withoutPaths().settings(config.withoutCheckpoints());
    settings.remove("checkpoint");
    return settings;
  }

  /** What of an experiment determines its result, wherever files lie. */
  public String identity(ExperimentConfig config) {
    return new ConfigWriter(types).withoutPaths().write(config.withoutCheckpoints());
  }
}
