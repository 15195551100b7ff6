package org.trimtab.experiment;

import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.base.SettingKind;
import org.trimtab.base.SystemPath;
import org.trimtab.base.UserError;
import org.trimtab.config.ConfigLoader;
import org.trimtab.config.ConfigTypes;
import org.trimtab.config.ConfigWriter;
import org.trimtab.config.Loaded;
import org.trimtab.config.SchemaWriter;
import org.trimtab.config.Setting;
import org.trimtab.config.Underlay;
import org.trimtab.config.Variables;
import org.trimtab.method.MethodConfig;
import org.trimtab.plugin.KindRegistry;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.plugin.Plugins;

/** Experiment files: every type that they can name, and where its defaults stand. */
public final class ExperimentFiles {
  private static final String DATA = "TRIMTAB_DATA";
  private final ConfigTypes types;
  private final KindRegistry kinds;
  private final AdapterSettings adapters;

  public ExperimentFiles(MethodRegistry methods, KindRegistry kinds) {
    ConfigTypes.Builder builder = ConfigTypes.builder();
    methods.all().forEach(binding -> add(builder, binding));
    kinds.all().forEach(kind -> add(builder, kind));
    types = builder.build();
    this.kinds = kinds;
    adapters = new AdapterSettings(types, methods);
  }

  /** With the kinds of settings that are installed. */
  public static ExperimentFiles of(MethodRegistry methods) {
    return new ExperimentFiles(methods, ExperimentKinds.installed(methods));
  }

  private static void add(ConfigTypes.Builder builder, MethodBinding binding) {
    Class<? extends MethodConfig> config = binding.method().configType();
    builder.add(
        MethodConfig.class,
        binding.name(),
        config,
        Optional.ofNullable(config.getResource("defaults.yaml")));
  }

  private static <K> void add(ConfigTypes.Builder builder, SettingKind<K> kind) {
    builder.kind(kind.kind());
    kind.types()
        .forEach(
            (name, type) ->
                builder.add(
                    kind.kind(),
                    name,
                    type,
                    Optional.ofNullable(type.getResource(name + ".yaml"))));
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

  /**
   * Loads what {@link #write} wrote into a run's folder.
   *
   * @throws org.trimtab.base.UserError with all that is wrong, and what to do
   */
  public ExperimentConfig loadWritten(Path file) {
    return UserError.advising(
        "put the file back as the run wrote it, or remove the run's folder to begin anew",
        () -> load(file, List.of(), Optional.empty()));
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
        data.map(d -> Map.of(DATA, SystemPath.shortened(d.toAbsolutePath()).toString()))
            .orElse(Map.of());
    String hint =
        "name the folder that holds glue/ with --data DIR or the environment variable " + DATA;
    Loaded<ExperimentConfig> loaded =
        new ConfigLoader(types, defaults("defaults"), new Variables(values, Map.of(DATA, hint)))
            .with(new Underlay("adapter", adapters::yaml))
            .read(files, settings, ExperimentConfig.class);
    try {
      adapters.requireSame(loaded.value());
    } catch (Invalid e) {
      throw loaded.at(e);
    }
    return loaded;
  }

  /**
   * The types that a method's settings choose among, the methods themselves apart: {@code
   * encoder.type: first-pass} and the like, a plug-in's with its jar, each with its defaults.
   */
  public Map<String, Optional<URL>> typesWithin(Class<? extends MethodConfig> settings) {
    Map<String, Optional<URL>> within = new LinkedHashMap<>();
    types
        .kindsWithin(settings)
        .forEach(
            (kind, keys) -> {
              if (kind != MethodConfig.class) {
                String type = String.join(".type, ", keys) + ".type: ";
                types
                    .names(kind)
                    .forEach(
                        name ->
                            within.put(type + name + jar(kind, name), types.defaults(kind, name)));
              }
            });
    return within;
  }

  /** For people: where a plug-in's type comes from. */
  private String jar(Class<?> kind, String name) {
    String provider = kinds.providers(kind).getOrDefault(name, Plugins.TRIMTAB);
    return provider.equals(Plugins.TRIMTAB) ? "" : " [" + provider + "]";
  }

  private record OfMethod(MethodConfig method) {}

  /**
   * A method's settings, those that aren't said being the defaults.
   *
   * @param setting of the key {@code method}
   * @throws org.trimtab.base.UserError with all that is wrong
   */
  public MethodConfig method(Setting setting) {
    return new ConfigLoader(types, Optional.empty(), Variables.NONE)
        .read(List.of(), List.of(setting), OfMethod.class)
        .value()
        .method();
  }

  /** A method's settings as the YAML of the key {@code method}, its type among them. */
  public String write(MethodConfig method) {
    return new ConfigWriter(types).write(new OfMethod(method));
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
        new ConfigWriter(types).withoutPaths().settings(config.withoutIdle());
    settings.remove("checkpoint");
    return settings;
  }

  /** What of an experiment determines its result, wherever files lie. */
  public String identity(ExperimentConfig config) {
    return new ConfigWriter(types).withoutPaths().identity(config.withoutIdle());
  }
}
