package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.base.UserError;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.Tiny;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** Masked language models: scores of words, and the loss over the masked ones. */
class MaskedWordsGoldenTest {
  private static final BackboneOptions FULL =
      new BackboneOptions(Tuning.FULL, PoolerMode.NONE, DropoutRates.NONE);

  @TestFactory
  Stream<DynamicTest> losses() {
    return Golden.families("backbones").stream()
        .filter(path -> path.getFileName().toString().endsWith("-mlm"))
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> agrees(path)));
  }

  private static void agrees(Path folder) {
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(folder, FULL, tensors)) {
      Map<String, HostTensor> inputs = Golden.tensors(folder.resolve("inputs.safetensors"));
      Map<String, HostTensor> expected = Golden.tensors(folder.resolve("expected.safetensors"));
      Input input = Golden.input(inputs, "", tensors);
      Tensor states = backbone.forward(input, Contribution.NONE, Dropout.OFF).states();
      Tensor scores = backbone.wordScores(states);
      HostTensor logits = Golden.get(expected, "logits");
      assertThat(Golden.difference(tensors, scores, logits, input))
          .isLessThan(Golden.tolerance(logits));
      HostTensor loss = Golden.get(expected, "loss");
      double found = loss(tensors, scores, Golden.get(inputs, "labels"));
      assertThat(Math.abs(found - loss.doubles()[0])).isLessThan(Golden.tolerance(loss));
      assertThat(backbone.params().find("cls.predictions.bias")).isEmpty();
      assertThat(backbone.params().find("lm_head.bias")).isEmpty();
      assertThat(backbone.params().count(tensors)).isEqualTo(backbone.parameterCount());
      System.out.printf(
          "golden %s: loss differs by %.1e%n",
          folder.getFileName(), Math.abs(found - loss.doubles()[0]));
    }
  }

  /** The mean cross-entropy where labels aren't -100. */
  private static double loss(Tensors tensors, Tensor scores, HostTensor labels) {
    double[] logs = tensors.doubles(scores.logSoftmax());
    int words = (int) tensors.shape(scores)[2];
    double sum = 0;
    int count = 0;
    for (int i = 0; i < labels.longs().length; i++) {
      int label = (int) labels.longs()[i];
      if (label != -100) {
        sum -= logs[i * words + label];
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void anEncoderWithoutSuchAHeadSaysSo() {
    try (Tiny tiny = Tiny.of("bert")) {
      Tensor states = tiny.tensors().zeros(1, 2, 16);
      assertThatThrownBy(() -> tiny.backbone().wordScores(states))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "the model predicts no words: found bert without such layers; allowed a decoder or a"
                  + " masked language model");
    }
  }

  /** A classifier's file lacks what its family may have. */
  @Test
  void aClassifiersFileLacksTheHead() {
    Path folder = Golden.folder().resolve("backbones").resolve("bert");
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(folder, BackboneOptions.FROZEN, tensors)) {
      assertThatThrownBy(() -> backbone.wordScores(tensors.zeros(1, 1, 1)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(
              "found bert without all of cls.predictions.transform.dense.weight,");
    }
  }
}
