package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.trial.input.FeatureOrigin;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.methods.residualprompt.ResidualPrompt;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.tuning.SavedChanges;

/** Kept features are another model's where the same file is read as another shape. */
class FeatureOriginTest {
  @TempDir Path folder = Path.of("");

  private static BertConfig shape(BertConfig of, int heads, double epsilon) {
    return new BertConfig(
        of.modelType(),
        of.hiddenSize(),
        of.layers(),
        heads,
        of.intermediateSize(),
        of.vocabularySize(),
        of.positions(),
        epsilon,
        of.activation(),
        of.padTokenId(),
        of.segments());
  }

  private static <Y> String origin(TrialInputs<Y> inputs, BertConfig shape) {
    BackboneFiles files = inputs.backbone();
    BackboneFiles other =
        new BackboneFiles(
            files.name(),
            files.sha256(),
            files.tokenizerSha256(),
            shape.architecture(),
            files.weights(),
            files.tokenizer(),
            List.of());
    return FeatureOrigin.of(
        new TrialInputs<>(
            inputs.config(),
            other,
            inputs.task(),
            inputs.splits(),
            inputs.features(),
            inputs.states(),
            inputs.dataSha256(),
            inputs.taskSha256(),
            inputs.settings(),
            inputs.id()));
  }

  @Test
  void headsAndEpsilonAreAnotherOrigin() {
    MethodRegistry methods =
        new MethodRegistry(
            List.of(new MethodBinding("residual-prompt", new ResidualPrompt(), "test")));
    ExperimentFiles experiments = ExperimentFiles.of(methods);
    ExperimentConfig config =
        experiments.load(new TinyExperiment(folder).file(), List.of(), Optional.empty());
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      BertConfig own = new BertConfig("bert", 16, 2, 4, 32, 30_522, 64, 1e-12, "gelu", 0, 2);
      String origin = origin(inputs, own);
      assertThat(origin(inputs, shape(own, 4, 1e-12))).isEqualTo(origin);
      assertThat(origin(inputs, shape(own, 2, 1e-12))).isNotEqualTo(origin);
      assertThat(origin(inputs, shape(own, 4, 1e-5))).isNotEqualTo(origin);
    }
  }

  @Test
  void otherHeadsOfAnOnnxFileAreAnotherModel() {
    assertThat(
            SavedChanges.ofModel(
                Map.of("backbone.type", "onnx-file", "backbone.heads", "4"),
                Map.of("backbone.type", "onnx-file", "backbone.heads", "2")))
        .containsExactly("backbone.heads: 4 -> 2");
  }
}
