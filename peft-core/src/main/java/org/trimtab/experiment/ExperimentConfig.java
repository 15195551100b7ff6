package org.trimtab.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.engine.Hardware;
import org.trimtab.engine.Processor;
import org.trimtab.head.HeadConfig;
import org.trimtab.method.MethodConfig;
import org.trimtab.pretrained.BackboneConfig;
import org.trimtab.pretrained.BackbonePrecision;
import org.trimtab.recipe.RecipeConfig;
import org.trimtab.task.FewShot;
import org.trimtab.task.TaskConfig;
import org.trimtab.train.TrainConfig;
import org.trimtab.transformer.options.PoolerMode;

/**
 * An experiment file, whole.
 *
 * @param adapter a folder of Hugging Face PEFT or of the adapters library, whose method, head and
 *     values it begins with
 * @param trackers what shows the training beside the run's files, one of a type; absent: those that
 *     whoever runs it has as defaults
 * @param seeds one trial each
 */
public record ExperimentConfig(
    BackboneConfig backbone,
    TaskConfig task,
    Data data,
    MethodConfig method,
    Optional<Path> adapter,
    HeadConfig head,
    RecipeConfig recipe,
    TrainConfig train,
    CheckpointConfig checkpoint,
    Optional<List<TrackerConfig>> trackers,
    List<Long> seeds) {
  public ExperimentConfig {
    Check.all(
        () -> Check.notEmpty("seeds", seeds),
        () -> Check.distinct("seeds", seeds),
        () -> requireOneOfAType(trackers.orElse(List.of())),
        () -> requirePooler(head, backbone),
        () -> requireClasses(data, task),
        () -> requireComputed(train, task.metrics()));
  }

  private static void requireOneOfAType(List<TrackerConfig> trackers) {
    List<Class<?>> types = new ArrayList<>();
    for (TrackerConfig tracker : trackers) {
      if (types.contains(tracker.getClass())) {
        throw new Invalid("trackers[" + types.size() + "]", "found a second one of its type");
      }
      types.add(tracker.getClass());
    }
  }

  private static void requirePooler(HeadConfig head, BackboneConfig backbone) {
    if (head.needsPooler() && backbone.options().pooler() == PoolerMode.NONE) {
      throw new Invalid(
          "head.pooling",
          "reads the backbone's pooler, but backbone.pooler is none; allowed frozen, trained");
    }
  }

  private static void requireClasses(Data data, TaskConfig task) {
    if (data.fewShot().flatMap(FewShot::perClass).isPresent() && task.create().words().isEmpty()) {
      throw new Invalid("data.fewShot.perClass", "the task has no classes; allowed examples");
    }
  }

  private static void requireComputed(TrainConfig train, List<String> metrics) {
    Optional<String> metric = train.earlyStopping().flatMap(TrainConfig.EarlyStopping::metric);
    if (metric.isPresent() && !metrics.contains(metric.get())) {
      throw new Invalid(
          "train.earlyStopping.metric",
          "the task does not compute it; found "
              + metric.get()
              + "; allowed "
              + String.join(", ", metrics));
    }
  }

  /**
   * How examples are read.
   *
   * @param maximumLength tokens of an example, special ones and prompt rows included
   * @param fewShot a random part of the training examples; absent: all
   */
  public record Data(int maximumLength, Optional<FewShot> fewShot) {
    public Data {
      Check.positive("maximumLength", maximumLength);
    }
  }

  /** The same experiment with one seed. */
  public ExperimentConfig withSeed(long seed) {
    return with(backbone, adapter, checkpoint, trackers, List.of(seed));
  }

  /** The same experiment without the adapter: what is trained is told without what it began as. */
  public ExperimentConfig withoutAdapter() {
    return with(backbone, Optional.empty(), checkpoint, trackers, seeds);
  }

  /** The same experiment, tracked nowhere. */
  public ExperimentConfig withoutTrackers() {
    return with(backbone, adapter, checkpoint, Optional.empty(), seeds);
  }

  /**
   * The same experiment, with what computes it on a machine, and how, said by name.
   *
   * @throws Invalid if the machine can't
   */
  public ExperimentConfig on(Hardware hardware) {
    try {
      ComputeDevice device = new ComputeDevice(backbone.device()).on(hardware);
      backbone.precision().require(hardware.processor(), device);
      return computedBy(device, backbone.precision().on(hardware.processor()));
    } catch (Invalid e) {
      throw e.within("backbone");
    }
  }

  /** The same experiment, in the precision that it falls back to on {@code processor}. */
  public ExperimentConfig fallingBack(Processor processor) {
    return computedBy(new ComputeDevice(backbone.device()), backbone.precision().on(processor));
  }

  /** The same experiment with all linear layers in the precision of the tensors. */
  public ExperimentConfig unmixed() {
    return backbone.precision().mixed()
        ? computedBy(new ComputeDevice(backbone.device()), BackbonePrecision.FP32)
        : this;
  }

  /** The same experiment, computed by whatever a machine has. */
  public ExperimentConfig onAnyDevice() {
    return computedBy(ComputeDevice.AUTO, backbone.precision());
  }

  private ExperimentConfig computedBy(ComputeDevice device, BackbonePrecision precision) {
    return with(backbone.computedBy(device, precision), adapter, checkpoint, trackers, seeds);
  }

  /** The same experiment without what moves no result. */
  ExperimentConfig withoutIdle() {
    return with(
        backbone.computedBy(new ComputeDevice(backbone.device()).kind(), backbone.precision()),
        adapter,
        CheckpointConfig.NEVER,
        Optional.empty(),
        seeds);
  }

  private ExperimentConfig with(
      BackboneConfig otherBackbone,
      Optional<Path> otherAdapter,
      CheckpointConfig otherCheckpoint,
      Optional<List<TrackerConfig>> otherTrackers,
      List<Long> otherSeeds) {
    return new ExperimentConfig(
        otherBackbone,
        task,
        data,
        method,
        otherAdapter,
        head,
        recipe,
        train,
        otherCheckpoint,
        otherTrackers,
        otherSeeds);
  }
}
