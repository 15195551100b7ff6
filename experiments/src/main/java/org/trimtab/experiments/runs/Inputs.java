package org.trimtab.experiments.runs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.trimtab.experiments.config.BackboneConfig;
import org.trimtab.experiments.config.BackboneFiles;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.Experiments;
import org.trimtab.experiments.config.Hashes;
import org.trimtab.json.Invalid;
import org.trimtab.task.FewShot;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.FeatureStore;

/**
 * All that a trial reads, before anything is built.
 *
 * @param features where frozen features are kept
 * @param id a hash of what determines the result: settings, data, backbone, seed
 */
record Inputs<Y>(
    ExperimentConfig config,
    BackboneFiles backbone,
    Task<Y> task,
    Splits<Y> splits,
    FeatureStore features,
    String dataSha256,
    String id)
    implements AutoCloseable {
  /** Opens and checks every file of {@code config}, which has one seed. */
  static Inputs<?> open(ExperimentConfig config, Experiments experiments) {
    return open(config, config.task().create(), experiments, config.method().files());
  }

  /** As {@link #open}, for a saved model, which needs fewer of the files; the id means nothing. */
  static Inputs<?> ofSaved(ExperimentConfig config, Experiments experiments) {
    return open(config, config.task().create(), experiments, config.method().filesOfSaved());
  }

  /** All but the data: enough to predict texts. */
  static Inputs<?> withoutData(ExperimentConfig config) {
    return withoutData(config, config.task().create());
  }

  private static <Y> Inputs<Y> withoutData(ExperimentConfig config, Task<Y> task) {
    Split<Y> none = new Split<>("none", Path.of(""), false, 0, List.of());
    Splits<Y> splits = new Splits<>(none, none, List.of(), List.of());
    return new Inputs<>(
        config, open(config.backbone()), task, splits, SqliteFeatures.ofUser(), "", "");
  }

  private static <Y> Inputs<Y> open(
      ExperimentConfig config, Task<Y> task, Experiments experiments, List<Path> ofMethod) {
    Splits<Y> splits = task.load();
    BackboneFiles backbone = open(config.backbone());
    requireThere(ofMethod);
    List<Path> read = files(splits);
    read.addAll(ofMethod);
    String data = Hashes.of(read);
    String identity =
        experiments.identity(config) + data + backbone.sha256() + backbone.tokenizerSha256();
    Splits<Y> drawn =
        new Splits<>(train(config, splits), splits.dev(), splits.further(), splits.tests());
    return new Inputs<>(
        config,
        backbone,
        task,
        drawn,
        SqliteFeatures.ofUser(),
        data,
        Hashes.of(identity).substring(0, 12));
  }

  private static void requireThere(List<Path> ofMethod) {
    for (Path file : ofMethod) {
      if (!Files.isRegularFile(file)) {
        throw new Invalid("method", "names a file that is not there; found " + file);
      }
    }
  }

  private static BackboneFiles open(BackboneConfig backbone) {
    try {
      return backbone.open();
    } catch (Invalid e) {
      throw e.within("backbone");
    }
  }

  private static <Y> Split<Y> train(ExperimentConfig config, Splits<Y> splits) {
    RandomStreams streams = new RandomStreams(config.seeds().get(0));
    return config
        .data()
        .fewShot()
        .map(fewShot -> drawn(fewShot, splits.train(), streams.stream("few-shot")))
        .orElse(splits.train());
  }

  private static <Y> Split<Y> drawn(FewShot fewShot, Split<Y> train, Random random) {
    try {
      return fewShot.of(train, random);
    } catch (Invalid e) {
      throw e.within("data.fewShot");
    }
  }

  private static List<Path> files(Splits<?> splits) {
    List<Path> files = new ArrayList<>(List.of(splits.train().file(), splits.dev().file()));
    splits.further().forEach(split -> files.add(split.file()));
    return files;
  }

  long seed() {
    return config.seeds().get(0);
  }

  @Override
  public void close() {
    features.close();
    backbone.close();
  }
}
