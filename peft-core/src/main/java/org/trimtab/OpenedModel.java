package org.trimtab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.config.Loaded;
import org.trimtab.config.Setting;
import org.trimtab.engine.Processor;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.model.FeatureStore;
import org.trimtab.model.FrozenFeatures;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.recipe.Recipe;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.train.Checkpoints;
import org.trimtab.train.Training;
import org.trimtab.train.TrainingListener;
import org.trimtab.tuning.AdapterFiles;
import org.trimtab.tuning.AdapterOrigin;
import org.trimtab.tuning.ExampleEncoder;
import org.trimtab.tuning.FewShotSplits;
import org.trimtab.tuning.ModelAssembly;
import org.trimtab.tuning.ModelSources;
import org.trimtab.tuning.TaskModel;
import org.trimtab.tuning.TaskTraining;

/**
 * A task's model with the files that it holds open.
 *
 * @param tuned folded
 * @param dataSha256 of what it was trained on
 * @param warnings a sentence each
 */
record OpenedModel<Y>(TaskModel<Y> tuned, String dataSha256, List<String> warnings)
    implements AutoCloseable {
  /** Numbers, 128 MiB of them. */
  private static final long FEATURES_IN_MEMORY = 1L << 24;

  static OpenedModel<?> train(ExperimentConfig config, TuningData data, TrainingListener listener) {
    MethodRegistry methods = MethodRegistry.installed();
    ExperimentConfig here = config.on(DjlTensors.hardware());
    BackboneFiles backbone = open(config, here);
    try {
      return train(
          sources(here, backbone, here.task().create(), ExperimentFiles.of(methods)),
          methods,
          data,
          listener);
    } catch (RuntimeException e) {
      backbone.close();
      throw e;
    }
  }

  private static <Y> OpenedModel<Y> train(
      ModelSources<Y> sources, MethodRegistry methods, TuningData data, TrainingListener listener) {
    Splits<Y> all = data.splits(sources.task());
    Splits<Y> splits = FewShotSplits.of(sources.config(), all, sources.task().words());
    ModelAssembly assembly = new ModelAssembly(methods);
    Recipe<Y> recipe = assembly.create(sources, splits);
    try {
      TaskModel<Y> tuned = new TaskModel<>(sources, recipe.scored(), ExampleEncoder.PLAIN);
      TaskTraining<Y> training = new TaskTraining<>(tuned, recipe, splits);
      assembly.warnings(sources).forEach(training::warn);
      Training.Outcome outcome = training.train(listener, Checkpoints.NONE);
      List<String> warnings = new ArrayList<>(training.warnings());
      warnings.addAll(outcome.warnings());
      recipe.close();
      return new OpenedModel<>(tuned.folded(), data.sha256(all), List.copyOf(warnings));
    } catch (RuntimeException e) {
      recipe.scored().backbone().close();
      throw e;
    }
  }

  static OpenedModel<?> load(Path directory, List<Setting> changes) {
    MethodRegistry methods = MethodRegistry.installed();
    ExperimentFiles experiments = ExperimentFiles.of(methods);
    Path file = directory.resolve(AdapterFiles.EXPERIMENT);
    experiments.loadWritten(file); // else its faults would be told as those of the changes
    Loaded<ExperimentConfig> loaded = experiments.read(List.of(file), changes, Optional.empty());
    try {
      return load(loaded.value(), directory, methods, experiments);
    } catch (Invalid e) {
      throw loaded.at(e);
    }
  }

  private static OpenedModel<?> load(
      ExperimentConfig config,
      Path directory,
      MethodRegistry methods,
      ExperimentFiles experiments) {
    ExperimentConfig here = config.fallingBack(Processor.ofMachine());
    BackboneFiles backbone = open(config, here);
    try {
      return load(sources(here, backbone, here.task().create(), experiments), directory, methods);
    } catch (RuntimeException e) {
      backbone.close();
      throw e;
    }
  }

  private static <Y> OpenedModel<Y> load(
      ModelSources<Y> sources, Path directory, MethodRegistry methods) {
    TaskModel<Y> tuned =
        new TaskModel<>(
            sources,
            new ModelAssembly(methods).createSaved(sources, directory, sources.open()),
            ExampleEncoder.PLAIN);
    String data = AdapterOrigin.read(directory).hashes().data();
    List<String> warnings = new ArrayList<>(sources.backbone().warnings());
    new AdapterFiles(directory)
        .changeOfRounding(sources.settings())
        .ifPresent(change -> warnings.add("the model " + change));
    return new OpenedModel<>(tuned, data, List.copyOf(warnings));
  }

  private static BackboneFiles open(ExperimentConfig config, ExperimentConfig here) {
    try {
      return config
          .backbone()
          .precision()
          .warned(here.backbone().open(), here.backbone().precision());
    } catch (Invalid e) {
      throw e.within("backbone");
    }
  }

  private static <Y> ModelSources<Y> sources(
      ExperimentConfig config, BackboneFiles backbone, Task<Y> task, ExperimentFiles experiments) {
    return new ModelSources<>(
        config,
        backbone,
        task,
        experiments.settings(config),
        loaded ->
            new FrozenFeatures(() -> "", loaded.tensors(), FeatureStore.NONE, FEATURES_IN_MEMORY));
  }

  @Override
  public void close() {
    tuned.close();
    tuned.sources().backbone().close();
  }
}
