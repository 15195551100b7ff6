package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Point;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** Hidden states against transformers, for every layer and in every form of a weight file. */
class BackboneGoldenTest {
  private static final List<String> NOT_YET_COVERED = List.of("t5", "t5-gated");

  /** Half-precision weights were rounded before, so they only come close. */
  private static final Map<String, Double> ROUNDED = Map.of("bert-fp16", 1e-2, "bert-bf16", 6e-2);

  @TestFactory
  Stream<DynamicTest> backbones() {
    return Golden.cases("backbones").stream()
        .filter(path -> !NOT_YET_COVERED.contains(path.getFileName().toString()))
        .map(path -> test(path, path));
  }

  @TestFactory
  Stream<DynamicTest> families() {
    return Golden.families("backbones").stream()
        .filter(path -> !NOT_YET_COVERED.contains(path.getFileName().toString()))
        .map(path -> test(path, path));
  }

  @TestFactory
  Stream<DynamicTest> variants() {
    Path reference = Golden.folder().resolve("backbones").resolve("bert");
    return Golden.cases("variants").stream().map(path -> test(path, reference));
  }

  private static DynamicTest test(Path model, Path expected) {
    String name = model.getFileName().toString();
    return DynamicTest.dynamicTest(
        name, () -> hiddenStatesAgree(name, model, expected, ROUNDED.get(name)));
  }

  private static void hiddenStatesAgree(
      String name, Path model, Path reference, @org.jspecify.annotations.Nullable Double bound) {
    Map<String, HostTensor> expected = Golden.tensors(reference.resolve("expected.safetensors"));
    boolean pooler = expected.containsKey("pooled") && !name.equals("bert-bare");
    BackboneOptions options =
        new BackboneOptions(
            Tuning.FROZEN, pooler ? PoolerMode.FROZEN : PoolerMode.NONE, DropoutRates.NONE);
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(model, options, tensors)) {
      Input input =
          Golden.input(Golden.tensors(reference.resolve("inputs.safetensors")), "", tensors);
      List<Tensor> states = new ArrayList<>();
      Hidden hidden = backbone.forward(input, recordingInto(states), Dropout.OFF);
      states.add(hidden.states());
      double largest = 0;
      for (int i = 0; i < states.size(); i++) {
        HostTensor state = Golden.get(expected, "hidden." + i);
        double difference = Golden.difference(tensors, states.get(i), state, input);
        assertThat(difference).isLessThan(bound == null ? Golden.tolerance(state) : bound);
        largest = Math.max(largest, difference);
      }
      assertThat(states).hasSize(backbone.spec().layers() + 1);
      if (pooler) {
        Tensor row = hidden.pooler().orElseThrow().apply(hidden.rows().cls(hidden.states()));
        HostTensor pooled = Golden.get(expected, "pooled");
        double difference = Golden.difference(tensors.doubles(row), pooled.doubles());
        assertThat(difference).isLessThan(bound == null ? Golden.tolerance(pooled) : bound);
        largest = Math.max(largest, difference);
      }
      if (expected.containsKey("logits") && Golden.get(expected, "logits").shape().length == 3) {
        Tensor scores = backbone.wordScores(hidden.states());
        HostTensor logits = Golden.get(expected, "logits");
        double difference = Golden.difference(tensors, scores, logits, input);
        assertThat(difference).isLessThan(Golden.tolerance(logits));
        largest = Math.max(largest, difference);
      }
      System.out.printf("golden %s: largest difference %.1e%n", name, largest);
    }
  }

  private static Contribution recordingInto(List<Tensor> states) {
    return new Contribution() {
      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        if (at.site().point() == Point.LAYER_INPUT) {
          states.add(at.in());
        }
        return Optional.empty();
      }
    };
  }
}
