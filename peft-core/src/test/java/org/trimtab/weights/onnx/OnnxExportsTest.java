package org.trimtab.weights.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.base.UserError;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.golden.Golden;
import org.trimtab.pretrained.OnnxShapes;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;

/**
 * Graphs as exporters write them: computed as the reference has it, or refused by what they are.
 */
class OnnxExportsTest {
  private static final BertConfig BERT =
      new BertConfig("bert", 8, 1, 2, 16, 24, 12, 1e-6, "gelu", 0, 2);
  private static final BertConfig ROBERTA =
      new BertConfig("roberta", 8, 1, 2, 16, 24, 12, 1e-6, "gelu", 1, 1);

  private static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(OnnxExportsTest.class.getResource("/onnx/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BertConfig shape(String name) {
    try (OnnxWeights weights = OnnxWeights.open(file(name + ".onnx"))) {
      return OnnxShapes.of(weights, Optional.empty());
    }
  }

  /** The largest difference between the states of a graph and those of {@code expected}. */
  private static double difference(String name, String expected) {
    Map<String, HostTensor> values = Golden.tensors(file(expected + ".safetensors"));
    try (OnnxWeights weights = OnnxWeights.open(file(name + ".onnx"));
        Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone =
            Backbones.load(
                OnnxShapes.of(weights, Optional.empty()).architecture(),
                weights,
                BackboneOptions.FROZEN,
                tensors)) {
      Input input = Golden.input(values, "", tensors);
      return Golden.difference(
          tensors,
          backbone.forward(input, Contribution.NONE, Dropout.OFF).states(),
          Golden.get(values, "states"),
          input);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"14", "17-unfolded", "18-dynamo", "18-dynamo-unoptimized"})
  void bothFamiliesAreComputedFromEachExporter(String export) {
    assertThat(shape("bert-" + export)).isEqualTo(BERT);
    assertThat(shape("roberta-" + export)).isEqualTo(ROBERTA);
    assertThat(difference("bert-" + export, "bert")).isLessThan(1e-5);
    assertThat(difference("roberta-" + export, "roberta")).isLessThan(1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "bert-wrapped, bert, gelu",
    "bert-fused-gelu, bert, gelu",
    "bert-relu, bert-relu, relu",
    "bert-gelu_new, bert-gelu_new, gelu_new",
    "bert-gelu_new-20, bert-gelu_new, gelu_new",
    "bert-shared, bert-shared, gelu"
  })
  void otherSpellingsOfAModelAreComputed(String name, String expected, String activation) {
    assertThat(shape(name).activation()).isEqualTo(activation);
    assertThat(difference(name, expected)).isLessThan(1e-5);
  }

  @Test
  void halfPrecisionIsReadAsItIs() {
    assertThat(shape("bert-half").activation()).isEqualTo("gelu");
    assertThat(difference("bert-half", "bert")).isBetween(1e-5, 1e-2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bert-tanh          | the feed-forward's activation is made of the operators [Tanh], and is none that is known; allowed gelu, gelu_new, relu, silu
          bert-quick_gelu    | made of the operators [Mul, Sigmoid], and is none that is known
          bert-8bit          | a quantized model: found the operator
          bert-4bit          | a quantized model: found the operator MatMulNBits; allowed weights as floating-point
          bert-fused         | found the operator com.microsoft.
          bert-fused-bias    | found the operator com.microsoft.BiasGelu; allowed ONNX's own
          bert-shared-dynamo | bias' is added behind several matrices
          bert-nameless      | 'encoder.layer.0.intermediate.dense.bias': the export took its biases' names away; found 'onnx::Add
          """)
  void whatIsNotComputedIsRefusedByWhatItIs(String name, String expected) {
    assertThatThrownBy(() -> shape(name))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(name + ".onnx: ")
        .hasMessageContaining(expected);
  }
}
