package org.trimtab.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;

/** What windows hide of rows, and of a prefix that stands before them. */
class AttentionWindowTest {
  private static Tensor mask(Tensors tensors) {
    return tensors.of(new double[] {1, 1, 1}, 1, 3);
  }

  /** Of each pair, one where the row is seen. */
  private static double[] seen(Tensors tensors, Tensor bias) {
    return DoubleStream.of(tensors.doubles(bias)).map(value -> value == 0 ? 1 : 0).toArray();
  }

  private static double[] prefix(
      Tensors tensors, AttentionWindow window, Optional<UnaryOperator<Tensor>> some) {
    Tensor distances = Positions.distancesBehind(2, mask(tensors), some);
    return seen(tensors, window.bias(distances).orElseThrow());
  }

  @Test
  void aSlidingWindowSeesItselfAndTheRowsBefore() {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      Tensor distances = Positions.distances(mask(tensors), Optional.empty());
      assertThat(seen(tensors, AttentionWindow.sliding(2).bias(distances).orElseThrow()))
          .containsExactly(1, 0, 0, 1, 1, 0, 0, 1, 1);
    }
  }

  @Test
  void aPrefixStandsBeforeAllRows() {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      assertThat(prefix(tensors, AttentionWindow.sliding(3), Optional.empty()))
          .containsExactly(1, 1, 0, 1, 0, 0);
      assertThat(prefix(tensors, AttentionWindow.local(1), Optional.empty()))
          .containsExactly(0, 1, 0, 0, 0, 0);
      assertThat(prefix(tensors, AttentionWindow.CAUSAL, Optional.empty()))
          .containsExactly(1, 1, 1, 1, 1, 1);
    }
  }

  @Test
  void rowsThatAskMayBeFew() {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      assertThat(prefix(tensors, AttentionWindow.sliding(3), Optional.of(x -> x.rows(1, 2))))
          .containsExactly(0, 1);
    }
  }
}
