package org.trimtab.experiments.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiment.ExperimentKinds;
import org.trimtab.head.HeadConfig;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.prompt.PromptInit;
import org.trimtab.pretrained.BackboneConfig;
import org.trimtab.task.TaskConfig;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.yaml.snakeyaml.Yaml;

/**
 * What stands in an experiment's files and in the program's defaults, read by another YAML library
 * than Trimtab's own reader: an independent word on what an absent key is to become.
 */
final class Layers {
  /** What a block's type names, by the block's last key. */
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "backbone", BackboneConfig.class,
          "task", TaskConfig.class,
          "head", HeadConfig.class,
          "optimizer", OptimizerConfig.class,
          "init", PromptInit.class);

  private final List<Map<String, Object>> files = new ArrayList<>();

  /** The settings of {@code file} and of all that it extends, the uppermost first. */
  Layers(Path file) throws IOException {
    add(file);
  }

  private void add(Path file) throws IOException {
    Object read = new Yaml().load(Files.readString(file));
    files.add(flat(read));
    if (read instanceof Map<?, ?> map && map.get("extends") != null) {
      List<?> bases = map.get("extends") instanceof List<?> l ? l : List.of(map.get("extends"));
      for (int i = bases.size() - 1; i >= 0; i--) {
        add(file.resolveSibling(bases.get(i).toString()));
      }
    }
  }

  /**
   * What {@code key} is by files and defaults.
   *
   * @param resolved the whole experiment, whose types say which defaults hold
   */
  Optional<Object> find(String key, Map<String, String> resolved) throws IOException {
    for (Map<String, Object> file : files) {
      if (file.containsKey(key)) {
        return Optional.of(file.get(key));
      }
    }
    for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
      String block = key.substring(0, dot);
      Optional<URL> url =
          Optional.ofNullable(resolved.get(block + ".type")).flatMap(type -> defaults(block, type));
      Optional<Object> value =
          url.isPresent()
              ? Optional.ofNullable(read(url.get()).get(key.substring(dot + 1)))
              : Optional.empty();
      if (value.isPresent()) {
        return value;
      }
    }
    URL url = ExperimentFiles.class.getResource("defaults.yaml");
    return Optional.ofNullable(read(url).get(key));
  }

  private static Optional<URL> defaults(String block, String type) {
    if (!block.matches("method(\\.parts\\.[^.]+)*")) {
      return record(block, type).map(found -> found.getResource(type + ".yaml"));
    }
    Class<? extends MethodConfig> config =
        Methods.all().all().stream()
            .filter(binding -> binding.name().equals(type))
            .findFirst()
            .orElseThrow()
            .method()
            .configType();
    return Optional.ofNullable(config.getResource("defaults.yaml"));
  }

  /** The record that {@code type} names in {@code block}, such as train.optimizer. */
  private static Optional<Class<?>> record(String block, String type) {
    Class<?> kind = KINDS.get(block.substring(block.lastIndexOf('.') + 1));
    return ExperimentKinds.installed(Methods.all()).all().stream()
        .filter(kinds -> kinds.kind().equals(kind))
        .<Class<?>>flatMap(kinds -> Optional.ofNullable(kinds.types().get(type)).stream())
        .findFirst();
  }

  private static Map<String, Object> read(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return flat(new Yaml().load(in));
    }
  }

  /** Each single value by its key, such as {@code seeds[0]}. */
  static Map<String, Object> flat(Object value) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten("", value, flat);
    return flat;
  }

  private static void flatten(String key, Object value, Map<String, Object> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> flatten(key.isEmpty() ? k.toString() : key + "." + k, v, flat));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(key + "[" + i + "]", list.get(i), flat);
      }
    } else if (value != null) {
      flat.put(key, value);
    }
  }
}
