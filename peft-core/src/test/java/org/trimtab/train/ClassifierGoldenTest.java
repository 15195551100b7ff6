package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.family.bert.BertModules;
import org.trimtab.golden.Golden;
import org.trimtab.head.Classification;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.Head;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.ScoredHeadConfig;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
import org.trimtab.weights.HfWeights;

/** Logits and loss of whole classifiers, and half-precision files value by value. */
class ClassifierGoldenTest {
  /** Cases of the adapters library: methods that are not there yet. */
  private static final List<String> NOT_YET_COVERED = List.of("bert");

  @TestFactory
  Stream<DynamicTest> logitsAndLoss() {
    return Stream.of("bert", "roberta")
        .map(family -> DynamicTest.dynamicTest(family, () -> agrees(family)));
  }

  private static void agrees(String family) {
    Path directory = Golden.folder().resolve("backbones").resolve(family);
    Map<String, HostTensor> expected = Golden.tensors(directory.resolve("expected.safetensors"));
    boolean roberta = family.equals("roberta");
    ScoredHeadConfig config =
        roberta
            ? new DenseHeadConfig(Pooling.CLS, 0, 1)
            : new LinearHeadConfig(Pooling.POOLER, 0, 1);
    PoolerMode pooler = roberta ? PoolerMode.NONE : PoolerMode.FROZEN;
    BackboneOptions options = new BackboneOptions(Tuning.FROZEN, pooler, DropoutRates.NONE);
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        HfWeights weights = HfWeights.open(directory, BertModules.NAMES.words());
        Backbone backbone = Backbones.load(directory, options, tensors)) {
      HostTensor logits = Golden.get(expected, "logits");
      int classes = (int) logits.shape()[1];
      Init init = new Init(tensors, new RandomStreams(1).stream("head"));
      Head head = config.create(backbone.spec().hidden(), classes, init);
      for (Param param : head.params().all()) {
        tensors.assign(param.value(), weights.tensor(param.name()).doubles());
      }
      Map<String, HostTensor> inputs = Golden.tensors(directory.resolve("inputs.safetensors"));
      Input input = Golden.input(inputs, "", tensors);
      Hidden hidden = backbone.forward(input, Contribution.NONE, Dropout.OFF);
      Tensor scores = head.scores(hidden, Dropout.OFF);
      double difference = Golden.difference(tensors.doubles(scores), logits.doubles());
      assertThat(difference).isLessThan(Golden.tolerance(logits));
      List<Integer> gold =
          Arrays.stream(Golden.get(inputs, "labels").longs()).mapToObj(l -> (int) l).toList();
      double loss = tensors.doubles(new Classification(classes).loss(scores, gold, tensors))[0];
      double expectedLoss = Golden.get(expected, "loss").doubles()[0];
      assertThat(Math.abs(loss - expectedLoss)).isLessThan(1e-5 * Math.max(1, expectedLoss));
      System.out.printf("golden %s: logits %.1e%n", family, difference);
    }
  }

  @TestFactory
  Stream<DynamicTest> halfPrecisionFilesAreTheRoundedModel() {
    return Stream.of(DType.F16, DType.BF16)
        .map(type -> DynamicTest.dynamicTest(type.name(), () -> rounded(type)));
  }

  private static void rounded(DType type) {
    Path folder = Golden.folder();
    String name = type == DType.F16 ? "bert-fp16" : "bert-bf16";
    try (HfWeights whole =
            HfWeights.open(folder.resolve("backbones").resolve("bert"), BertModules.NAMES.words());
        HfWeights half =
            HfWeights.open(folder.resolve("variants").resolve(name), BertModules.NAMES.words())) {
      assertThat(half.names()).isNotEmpty();
      for (String tensor : half.names()) {
        assertThat(half.tensor(tensor).type()).isEqualTo(type);
        assertThat(half.tensor(tensor).floats())
            .as(tensor)
            .isEqualTo(whole.tensor(tensor).rounded(type).floats());
      }
    }
  }

  @Test
  void theAdaptersLibraryIsKnownToBeMissing() {
    assertThat(Golden.cases("adapters"))
        .allMatch(path -> NOT_YET_COVERED.contains(path.getFileName().toString()));
  }
}
