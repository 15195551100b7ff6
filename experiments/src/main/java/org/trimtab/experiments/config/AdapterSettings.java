package org.trimtab.experiments.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.config.ConfigTypes;
import org.trimtab.config.ConfigWriter;
import org.trimtab.head.Pooling;
import org.trimtab.method.MethodConfig;
import org.trimtab.peft.file.PeftAdapter;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.transformer.PoolerMode;

/** What an adapter of Hugging Face PEFT says of an experiment that begins with it. */
record AdapterSettings(ConfigTypes types, MethodRegistry methods) {
  /** As YAML has it. */
  private record Whole(MethodConfig method, Optional<Head> head, Optional<Backbone> backbone) {}

  private record Head(String type, Pooling pooling) {}

  private record Backbone(PoolerMode pooler) {}

  /** The adapter in {@code directory} as settings. */
  String yaml(Path directory) {
    PeftAdapter adapter = PeftAdapter.read(directory, methods);
    Optional<Head> head = adapter.headSettings().map(h -> new Head(h.type(), h.pooling()));
    Optional<Backbone> pooler =
        Optional.of(adapter.pooler()).filter(mode -> mode != PoolerMode.NONE).map(Backbone::new);
    return new ConfigWriter(types).write(new Whole(adapter.method(), head, pooler));
  }

  /**
   * Refuses a method that isn't the adapter's.
   *
   * @throws Invalid for the first key that differs
   */
  void requireMethod(ExperimentConfig config) {
    config
        .adapter()
        .ifPresent(
            directory ->
                requireSame(
                    settings(PeftAdapter.read(directory, methods).method()),
                    settings(config.method()),
                    directory));
  }

  private Map<String, String> settings(MethodConfig method) {
    return new ConfigWriter(types).settings(new Whole(method, Optional.empty(), Optional.empty()));
  }

  private static void requireSame(
      Map<String, String> ofAdapter, Map<String, String> told, Path directory) {
    told.forEach(
        (key, value) -> {
          if (!Objects.equals(ofAdapter.get(key), value)) {
            throw new Invalid(
                key,
                "the method is that of adapter "
                    + directory
                    + "; found "
                    + value
                    + "; allowed "
                    + ofAdapter.getOrDefault(key, "nothing"));
          }
        });
  }
}
