package org.trimtab.experiments.trial.input;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.base.Sha256;
import org.trimtab.engine.Processor;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiment.SavedAdapters;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.model.FeatureStore;
import org.trimtab.model.FrozenFeatures;
import org.trimtab.model.KeptStates;
import org.trimtab.model.Model;
import org.trimtab.model.StateSource;
import org.trimtab.model.StateStore;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.task.FewShot;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.tuning.FewShotSplits;
import org.trimtab.tuning.ModelSources;

/**
 * All that a trial reads, before anything is built.
 *
 * @param config with what computes it here said by name, where it is to be trained
 * @param backbone belongs to the {@link InputFiles}
 * @param features where frozen features are kept
 * @param states where states of the pretrained model are kept
 * @param dataSha256 of the task's files and the method's
 * @param taskSha256 of the task's files alone
 * @param settings what determines the result, by key; paths are not among them
 * @param id a hash of what determines the result: settings, data, backbone, seed
 */
public record TrialInputs<Y>(
    ExperimentConfig config,
    BackboneFiles backbone,
    Task<Y> task,
    Splits<Y> splits,
    FeatureStore features,
    StateStore states,
    String dataSha256,
    String taskSha256,
    Map<String, String> settings,
    String id)
    implements AutoCloseable {
  /** Numbers, 128 MiB of them. */
  private static final long FEATURES_IN_MEMORY = 1L << 24;

  /** Opens and checks every file of {@code config}, which has one seed. */
  public static TrialInputs<?> open(
      ExperimentConfig config, ExperimentFiles experiments, InputFiles files) {
    List<Path> read = new ArrayList<>(config.method().files());
    config.adapter().ifPresent(adapter -> read.addAll(SavedAdapters.files(adapter)));
    ExperimentConfig here = config.on(DjlTensors.hardware());
    return read(here, files.data(here.task()), experiments, fallingBack(config, here, files), read);
  }

  /** As {@link #open}, for a saved model, which needs fewer of the files; the id means nothing. */
  public static TrialInputs<?> ofSaved(
      ExperimentConfig config, ExperimentFiles experiments, InputFiles files) {
    ExperimentConfig here = config.fallingBack(Processor.ofMachine());
    return read(
        here,
        files.data(here.task()),
        experiments,
        fallingBack(config, here, files),
        here.method().filesOfSaved());
  }

  /** All but the data: enough to predict texts. */
  public static TrialInputs<?> withoutData(
      ExperimentConfig config, ExperimentFiles experiments, InputFiles files) {
    ExperimentConfig here = config.fallingBack(Processor.ofMachine());
    return withoutData(here, here.task().create(), experiments, fallingBack(config, here, files));
  }

  /** The files of the backbone as it is {@code here}, with a warning where it had to fall back. */
  private static BackboneFiles fallingBack(
      ExperimentConfig config, ExperimentConfig here, InputFiles files) {
    return config
        .backbone()
        .precision()
        .warned(files.backbone(here.backbone()), here.backbone().precision());
  }

  private static <Y> TrialInputs<Y> withoutData(
      ExperimentConfig config, Task<Y> task, ExperimentFiles experiments, BackboneFiles backbone) {
    Split<Y> none = new Split<>("none", Path.of(""), false, List.of(), List.of());
    Splits<Y> splits = new Splits<>(none, none, List.of(), List.of());
    return new TrialInputs<>(
        config,
        backbone,
        task,
        splits,
        SqliteFeatures.ofUser(),
        SqliteStates.ofUser(),
        "",
        "",
        experiments.settings(config),
        "");
  }

  private static <Y> TrialInputs<Y> read(
      ExperimentConfig config,
      InputFiles.TaskData<Y> data,
      ExperimentFiles experiments,
      BackboneFiles backbone,
      List<Path> ofMethod) {
    requireThere(ofMethod);
    String read =
        ofMethod.isEmpty() ? data.sha256() : Sha256.of(data.sha256() + Sha256.of(ofMethod));
    String identity =
        experiments.identity(config) + read + backbone.sha256() + backbone.tokenizerSha256();
    return new TrialInputs<>(
        config,
        backbone,
        data.task(),
        FewShotSplits.of(config, data.splits(), data.task().words()),
        SqliteFeatures.ofUser(),
        SqliteStates.ofUser(),
        read,
        data.sha256(),
        experiments.settings(config),
        Sha256.of(identity).substring(0, 12));
  }

  private static void requireThere(List<Path> ofMethod) {
    for (Path file : ofMethod) {
      if (!Files.isRegularFile(file)) {
        throw new Invalid("method", "names a file that is not there; found " + file);
      }
    }
  }

  /** The split that the trial's score is of: the task's own dev set. */
  public Split<Y> scored() {
    return config.data().fewShot().flatMap(FewShot::dev).isPresent()
        ? splits.further().get(0)
        : splits.dev();
  }

  /** What stands before the names of a split's metrics. */
  public String metricPrefix(Split<?> split) {
    return split.name().equals(splits.dev().name()) ? "" : split.name() + "-";
  }

  /** What the trial's model is made of. */
  public ModelSources<Y> sources() {
    return new ModelSources<>(
        config,
        backbone,
        task,
        settings,
        new ModelSources.Features() {
          @Override
          public Model.FeatureSource over(Backbone loaded) {
            return new FrozenFeatures(
                TrialInputs.this::origin, loaded.tensors(), features, FEATURES_IN_MEMORY);
          }

          @Override
          public StateSource states(Backbone loaded, KeptStates.Bound bound) {
            return new KeptStates(TrialInputs.this::origin, loaded, states, bound);
          }
        });
  }

  private String origin() {
    return FeatureOrigin.of(this);
  }

  /** What was read, told from other contents by its hashes. */
  public Provenance.Inputs hashes() {
    return new Provenance.Inputs(
        backbone.name(), backbone.sha256(), backbone.tokenizerSha256(), dataSha256);
  }

  public long seed() {
    return config.seeds().get(0);
  }

  @Override
  public void close() {
    features.close();
    states.close();
  }
}
