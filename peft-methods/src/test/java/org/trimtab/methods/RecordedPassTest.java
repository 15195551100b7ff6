package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Input;
import org.trimtab.batch.Batch;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.method.MethodConfig;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.testing.Tiny;
import org.trimtab.testing.graph.Operation;
import org.trimtab.testing.graph.Replay;
import org.trimtab.testing.graph.Shape;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** A pass of every method can be recorded as a graph, by a backing that computes nothing. */
class RecordedPassTest {
  private static final int SPANS = 2;
  private static final List<String> FAMILIES = List.of("bert", "roberta");
  private static final BackboneOptions WITH_POOLER =
      new BackboneOptions(
          Tuning.FROZEN, PoolerMode.FROZEN, DropoutRates.NONE, KernelChoice.COMPOSED);

  /** A check of one method over one family with each head. */
  private interface Check {
    void of(HeadedModule subject, Input input);
  }

  private static Stream<DynamicTest> everywhere(Check check) {
    return new ContractTest()
        .methods().entrySet().stream()
            .flatMap(
                method ->
                    FAMILIES.stream()
                        .map(
                            family ->
                                DynamicTest.dynamicTest(
                                    method.getKey() + " on " + family,
                                    () -> withEachHead(family, method.getValue(), check))));
  }

  private static void withEachHead(String family, MethodConfig config, Check check) {
    try (Tiny tiny = Tiny.of(family, WITH_POOLER, Precision.FP64)) {
      for (Pooling pooling : Pooling.values()) {
        LinearHeadConfig head = new LinearHeadConfig(pooling, 0, 0.3);
        run(HeadedModule.of(tiny, config, head, 0), input(tiny, Tiny.batch(), 0), check);
      }
      DenseHeadConfig head = new DenseHeadConfig(Pooling.CLS, 0, 0.3);
      run(HeadedModule.of(tiny, config, head, SPANS), input(tiny, Tiny.batch(), SPANS), check);
    }
  }

  private static void run(HeadedModule subject, Input input, Check check) {
    subject
        .tiny()
        .tensors()
        .freeing(
            () -> {
              check.of(subject, input);
              return Optional.empty();
            });
  }

  /** A batch with marked places, the first and the second token of each row and so on. */
  private static Input input(Tiny tiny, Batch batch, int spans) {
    Input plain = batch.input(tiny.backbone());
    long[] shape = tiny.tensors().shape(plain.ids());
    double[] weights = new double[(int) (shape[0] * spans * shape[1])];
    for (int i = 0; i < shape[0] * spans; i++) {
      weights[i * (int) shape[1] + i % spans] = 1;
    }
    return new Input(
        plain.ids(),
        plain.types(),
        plain.mask(),
        plain.texts(),
        spans == 0
            ? Optional.empty()
            : Optional.of(tiny.tensors().of(weights, shape[0], spans, shape[1])));
  }

  @TestFactory
  Stream<DynamicTest> aReplayComputesTheScoresAndEveryRecordedShape() {
    return everywhere(
        (subject, input) -> {
          RecordedPass recording = RecordedPass.of(subject, input);
          assertThat(recording.graph().nodes().get(recording.scores()).shape())
              .isEqualTo(Shape.of(4, HeadedModule.CLASSES));
          List<Tensor> values = Replay.of(recording.graph(), recording.inputs());
          for (int i = 0; i < values.size(); i++) {
            assertThat(RecordedPass.shape(subject, values.get(i)))
                .isEqualTo(recording.graph().nodes().get(i).shape());
          }
          double[] scores = subject.tiny().tensors().doubles(subject.computed(input));
          assertThat(subject.tiny().tensors().doubles(values.get(recording.scores())))
              .isEqualTo(scores);
        });
  }

  @TestFactory
  Stream<DynamicTest> whatIsRecordedDependsOnNeitherTheRunNorTheBatch() {
    return everywhere(
        (subject, input) -> {
          RecordedPass recording = RecordedPass.of(subject, input);
          assertThat(RecordedPass.of(subject, input).graph().nodes())
              .isEqualTo(recording.graph().nodes());
          int spans = input.spans().isPresent() ? SPANS : 0;
          for (Batch batch : List.of(Tiny.batch(9), Tiny.single(1))) {
            Input another = input(subject.tiny(), batch, spans);
            RecordedPass other = RecordedPass.of(subject, another);
            assertThat(other.graph().nodes()).isNotEqualTo(recording.graph().nodes());
            assertThat(other.operations()).isEqualTo(recording.operations());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> weightsAndTheHeadsParametersAreConstantsOfTheirNames() {
    return everywhere(
        (subject, input) -> {
          Set<String> missing = unnamed(subject, input);
          missing.removeIf(name -> name.startsWith(HeadedModule.METHOD));
          assertThat(missing).isSubsetOf("pooler.dense.weight", "pooler.dense.bias");
          assertThat(missing.isEmpty()).isEqualTo(subject.pooling().needsPooler());
        });
  }

  /** What a method computes of its parameters alone is a constant before it meets the text. */
  @TestFactory
  Stream<DynamicTest> aMethodsParameterIsAConstantOfItsNameOrMovesAComputedOne() {
    return everywhere(
        (subject, input) -> {
          if (subject.pooling() != Pooling.POOLER) {
            return; // the other heads use the same parameters, or fewer
          }
          subject.randomize();
          unnamed(subject, input).stream()
              .filter(name -> name.startsWith(HeadedModule.METHOD))
              .forEach(name -> requireMoves(subject, input, name));
        });
  }

  private static Set<String> unnamed(HeadedModule subject, Input input) {
    List<String> constants = RecordedPass.of(subject, input).graph().constants();
    assertThat(constants).doesNotHaveDuplicates();
    Set<String> unnamed = new TreeSet<>(subject.named().keySet());
    assertThat(unnamed).containsAll(constants);
    constants.forEach(unnamed::remove);
    return unnamed;
  }

  private static void requireMoves(HeadedModule subject, Input input, String name) {
    Tensors tensors = subject.tiny().tensors();
    Tensor parameter = subject.named(name);
    List<List<Double>> before = computedConstants(subject, input);
    double[] values = tensors.doubles(parameter);
    tensors.assign(parameter, Arrays.stream(values).map(value -> value * 2 + 1).toArray());
    assertThat(computedConstants(subject, input)).as(name).isNotEqualTo(before);
    tensors.assign(parameter, values);
  }

  private static List<List<Double>> computedConstants(HeadedModule subject, Input input) {
    return RecordedPass.of(subject, input).graph().computed().stream()
        .map(constant -> Arrays.stream(subject.tiny().tensors().doubles(constant)).boxed().toList())
        .toList();
  }

  /**
   * What a backing must offer that writes graphs of these models in another form; rotary and
   * relative positions are other families'.
   */
  @Test
  void allOperationsOccurButThoseOfLossesAndOfTraining() {
    Set<Operation> used = EnumSet.noneOf(Operation.class);
    Check collect =
        (subject, input) -> used.addAll(RecordedPass.of(subject, input).graph().operations());
    new ContractTest()
        .methods()
        .values()
        .forEach(config -> FAMILIES.forEach(family -> withEachHead(family, config, collect)));
    assertThat(EnumSet.complementOf(EnumSet.copyOf(used)))
        .containsExactlyInAnyOrder(
            Operation.DIV,
            Operation.SQRT,
            Operation.COS,
            Operation.SIN,
            Operation.COLUMNS,
            Operation.GATHER,
            Operation.LOG_SOFTMAX,
            Operation.DROPOUT,
            Operation.MEAN);
  }
}
