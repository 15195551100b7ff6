package org.trimtab.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.head.Classification;
import org.trimtab.head.TaskSpec;
import org.trimtab.method.PeftModule;
import org.trimtab.model.FeatureStore;
import org.trimtab.model.FrozenFeatures;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tuning.TaskVocabulary;

/** The methods of {@code configs/methods} over the backbone of the task {@code sentiment}. */
final class Presets {
  private static final long FEATURES = 1 << 20;

  private Presets() {}

  private static Path folder() {
    return Path.of(System.getProperty("trimtab.home", ".")).resolve("configs");
  }

  /** Their names, in their order. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(folder().resolve("methods"))) {
      return files.map(f -> f.getFileName().toString().replace(".yaml", "")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ExperimentConfig config(String preset) {
    try {
      Path file = Files.createTempFile("bench", ".yaml");
      file.toFile().deleteOnExit();
      Path configs = folder().toAbsolutePath();
      Files.writeString(
          file,
          "extends: [%s, %s]%nseeds: [1]%n"
              .formatted(
                  configs.resolve("tasks/sentiment.yaml"),
                  configs.resolve("methods/" + preset + ".yaml")));
      return ExperimentFiles.of(MethodRegistry.installed()).load(file, List.of(), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The backbone that {@code config} names, as it is loaded for its method. */
  static Backbone backbone(ExperimentConfig config) {
    DjlTensors tensors =
        DjlTensors.open(
            config.backbone().precision().tensors(), new ComputeDevice(config.backbone().device()));
    try (BackboneFiles files = config.backbone().open()) {
      return files.load(config.backbone().options(), tensors);
    }
  }

  /** A model of {@code config}'s method and head for two classes. */
  static Model<Integer> model(ExperimentConfig config, Backbone backbone) {
    MethodRegistry methods = MethodRegistry.installed();
    ModelFactory factory =
        new ModelFactory(
            backbone,
            new RandomStreams(1),
            new FrozenFeatures(() -> "bench", backbone.tensors(), FeatureStore.NONE, FEATURES));
    try (BackboneFiles files = config.backbone().open()) {
      TaskVocabulary words = new TaskVocabulary(files.tokenizer(), config.task().create().words());
      PeftModule module = methods.create(config.method(), factory.setup(words, methods));
      TaskSpec<Integer> task = new TaskSpec<>(Integer.class, new Classification(2));
      return factory.create(module, config.head(), task);
    }
  }
}
