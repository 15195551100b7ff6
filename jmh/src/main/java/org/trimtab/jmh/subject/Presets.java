package org.trimtab.jmh.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.UserError;
import org.trimtab.config.Suggestion;
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
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.tuning.TaskVocabulary;

/** The methods of {@code configs/methods} over a backbone, for the task {@code sentiment}. */
public final class Presets {
  /** The backbone that is always there. */
  public static final String MINILM = "minilm-l6";

  /** Two layers of random weights. */
  public static final String MADE_UP = "made-up";

  private static final long FEATURES = 1 << 20;

  private Presets() {}

  private static Path folder() {
    return Path.of(System.getProperty("trimtab.home", "."), "configs").toAbsolutePath();
  }

  /** The methods' names, in their order. */
  public static List<String> names() {
    return files("methods");
  }

  /** The backbones' names: those of {@code configs/backbones}, and {@link #MADE_UP}. */
  public static List<String> backbones() {
    List<String> names = new ArrayList<>(files("backbones"));
    names.add(MADE_UP);
    return names;
  }

  private static List<String> files(String kind) {
    try (Stream<Path> files = Files.list(folder().resolve(kind))) {
      return files.map(f -> f.getFileName().toString().replace(".yaml", "")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a name that isn't there.
   *
   * @param origin what the message names as its place
   */
  public static void requireKnown(String origin, String found, List<String> known) {
    if (!known.contains(found)) {
      throw new UserError(
          origin
              + ": no preset of that name; found "
              + found
              + "; allowed "
              + String.join(", ", known)
              + Suggestion.of(found, known));
    }
  }

  /**
   * The settings of a choice.
   *
   * @throws UserError for a name that isn't there or a setting that the method doesn't have
   */
  public static ExperimentConfig config(Choice choice) {
    requireKnown("method", choice.method(), names());
    requireKnown("backbone", choice.backbone(), backbones());
    try {
      Path file = Files.createTempFile("bench", ".yaml");
      file.toFile().deleteOnExit();
      Files.writeString(
          file,
          "extends: [%s, %s, %s]%nseeds: [1]%n"
              .formatted(
                  folder().resolve("tasks/sentiment.yaml"),
                  folder().resolve("methods/" + choice.method() + ".yaml"),
                  backbone(choice.backbone())));
      return ExperimentFiles.of(MethodRegistry.installed())
          .load(file, choice.sets(), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Refuses a choice that there isn't, without reading its backbone.
   *
   * @throws UserError with what is allowed
   */
  public static void check(Choice choice) {
    requireKnown("backbone", choice.backbone(), backbones());
    config(new Choice(choice.method(), MINILM, choice.sets()));
  }

  /** The file that names a backbone. */
  private static Path backbone(String name) throws IOException {
    if (!name.equals(MADE_UP)) {
      return folder().resolve("backbones/" + name + ".yaml");
    }
    Path made = Files.createTempDirectory("bench");
    MadeUpBackbone.write(made);
    Path file = made.resolve("backbone.yaml");
    Files.writeString(file, "backbone: {type: huggingface, directory: %s}%n".formatted(made));
    try (Stream<Path> files = Files.list(made)) {
      made.toFile().deleteOnExit(); // in the reverse order: the folder last
      files.forEach(each -> each.toFile().deleteOnExit());
    }
    return file;
  }

  /** The backbone that {@code config} names, as it is loaded for its method. */
  public static Backbone backbone(ExperimentConfig config) {
    ComputeDevice device = new ComputeDevice(config.backbone().device());
    return backbone(config, DjlTensors.open(config.backbone().precision().tensors(), device));
  }

  /** The same, on another backing. */
  public static Backbone backbone(ExperimentConfig config, Tensors tensors) {
    try (BackboneFiles files = config.backbone().open()) {
      return files.load(config.backbone().options(), tensors);
    }
  }

  /** Two classes. */
  public static TaskSpec<Integer> task() {
    return new TaskSpec<>(Integer.class, new Classification(2));
  }

  /**
   * The model of a choice over a backbone of its own.
   *
   * @throws UserError if there is no such choice
   */
  public static Model<Integer> model(Choice choice) {
    ExperimentConfig config = config(choice);
    return model(config, backbone(config));
  }

  /** A model of {@code config}'s method and head for two classes. */
  public static Model<Integer> model(ExperimentConfig config, Backbone backbone) {
    MethodRegistry methods = MethodRegistry.installed();
    ModelFactory factory =
        new ModelFactory(
            backbone,
            new RandomStreams(1),
            new FrozenFeatures(() -> "bench", backbone.tensors(), FeatureStore.NONE, FEATURES));
    try (BackboneFiles files = config.backbone().open()) {
      TaskVocabulary words = new TaskVocabulary(files.tokenizer(), config.task().create().words());
      PeftModule module = methods.create(config.method(), factory.setup(words, methods));
      return factory.create(module, config.head(), task());
    }
  }
}
