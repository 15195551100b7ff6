package org.trimtab.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trimtab.adapter.SavedAdapter;
import org.trimtab.adapter.SavedHead;
import org.trimtab.base.Invalid;
import org.trimtab.config.ConfigTypes;
import org.trimtab.config.ConfigWriter;
import org.trimtab.head.HeadConfig;
import org.trimtab.method.MethodConfig;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.transformer.options.PoolerMode;

/** What an adapter of another library says of an experiment that begins with it. */
record AdapterSettings(ConfigTypes types, MethodRegistry methods) {
  /** As YAML has it. */
  private record Whole(
      MethodConfig method, Optional<SavedHead> head, Optional<Backbone> backbone) {}

  private record Backbone(PoolerMode pooler) {}

  /** Of these settings what an adapter may say too. */
  private record Told(MethodConfig method, HeadConfig head) {}

  /** The adapter in {@code directory} as settings. */
  String yaml(Path directory) {
    SavedAdapter adapter = SavedAdapters.read(directory, methods);
    Optional<SavedHead> head = adapter.headSettings();
    Optional<Backbone> pooler =
        Optional.of(adapter.pooler()).filter(mode -> mode != PoolerMode.NONE).map(Backbone::new);
    return new ConfigWriter(types).write(new Whole(adapter.method(), head, pooler));
  }

  /**
   * Refuses a method that isn't the adapter's, and a head under which the adapter's own values mean
   * something else.
   *
   * @throws Invalid for the first key that differs
   */
  void requireSame(ExperimentConfig config) {
    config
        .adapter()
        .ifPresent(
            directory -> requireSame(SavedAdapters.read(directory, methods), config, directory));
  }

  private void requireSame(SavedAdapter adapter, ExperimentConfig config, Path directory) {
    ConfigWriter writer = new ConfigWriter(types);
    Optional<SavedHead> head = adapter.hasHead() ? adapter.headSettings() : Optional.empty();
    Map<String, String> own = writer.settings(new Whole(adapter.method(), head, Optional.empty()));
    Map<String, String> told =
        new LinkedHashMap<>(writer.settings(new Told(config.method(), config.head())));
    told.keySet().removeIf(key -> key.startsWith("head.") && !own.containsKey(key));
    requireSame(own, told, directory);
  }

  private static void requireSame(
      Map<String, String> ofAdapter, Map<String, String> told, Path directory) {
    told.forEach(
        (key, value) -> {
          if (!Objects.equals(ofAdapter.get(key), value)) {
            throw new Invalid(
                key,
                "the "
                    + key.substring(0, key.indexOf('.'))
                    + " is that of adapter "
                    + directory
                    + "; found "
                    + value
                    + "; allowed "
                    + ofAdapter.getOrDefault(key, "nothing"));
          }
        });
  }
}
