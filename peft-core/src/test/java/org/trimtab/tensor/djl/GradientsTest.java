package org.trimtab.tensor.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** Losses run forward and backward by the port. */
class GradientsTest {
  private static Params params(Tensors tensors) {
    Params params = new Params();
    params.add("left", "a", tensors.of(new double[] {1, 2}, 2));
    params.add("right", "b", tensors.of(new double[] {3, 4}, 2));
    params.add("right", "c", tensors.of(new double[] {5}, 1));
    return params;
  }

  private static Tensor value(Params params, String name) {
    return params.find(name).orElseThrow().value();
  }

  @Test
  void gradientsOfSeveralLossesAreSummed() {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      Params params = params(tensors);
      Tensor a = value(params, "a");
      Tensor b = value(params, "b");
      List<Supplier<Tensor>> losses =
          List.of(() -> a.mul(b).sumLast(), () -> a.mul(a).sumLast().mul(0.5));
      for (int time = 0; time < 2; time++) { // the second finds nothing of the first
        tensors.freeing(
            () -> {
              Gradients gradients = tensors.gradients(losses, params);
              assertThat(gradients.loss()).isEqualTo(11 + 2.5);
              assertThat(gradients.all().stream().map(g -> g.param().name()))
                  .containsExactly("a", "b", "c");
              assertThat(tensors.doubles(gradients.all().get(0).value().tensor()))
                  .containsExactly(4, 6);
              assertThat(tensors.doubles(gradients.all().get(1).value().tensor()))
                  .containsExactly(1, 2);
              assertThat(tensors.doubles(gradients.all().get(2).value().tensor()))
                  .containsExactly(0);
              assertThat(gradients.norm()).isCloseTo(Math.sqrt(57), within(1e-12));
              assertThat(gradients.groupNorms())
                  .isEqualTo(Map.of("left", Math.sqrt(52), "right", Math.sqrt(5)));
            });
      }
    }
  }

  /** Backward passes hand the same memory to both sides of a sum, and parts of it to a join. */
  @ParameterizedTest
  @ValueSource(ints = {4, 100_000})
  void noGradientSharesMemoryWithAnother(int size) {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      Params params = new Params();
      Tensor a = params.add("all", "a", tensors.zeros(1, size));
      Tensor b = params.add("all", "b", tensors.zeros(1, size));
      Tensor half = params.add("all", "half", tensors.zeros(1, size / 2));
      Tensor other = params.add("all", "other", tensors.zeros(1, size / 2));
      Tensor scale = tensors.of(IntStream.range(0, size).asDoubleStream().toArray(), 1, size);
      tensors.freeing(
          () -> {
            Supplier<Tensor> loss =
                () -> a.add(b).add(half.followedBy(other)).mul(scale).sumLast().mean();
            Gradients gradients = tensors.gradients(List.of(loss), params);
            gradients.all().forEach(gradient -> gradient.value().mulInPlace(2));
            gradients.mulInPlace(5);
            for (Gradients.Gradient gradient : gradients.all()) {
              int from = gradient.param().name().equals("other") ? size / 2 : 0;
              double[] values = tensors.doubles(gradient.value().tensor());
              assertThat(values).startsWith(10.0 * from, 10.0 * (from + 1));
              assertThat(values).endsWith(10.0 * (from + values.length - 1));
            }
          });
    }
  }

  @Test
  void threadsRunBackwardSideBySide() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<Double> norm =
        () -> {
          try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
            Params params = params(tensors);
            Supplier<Tensor> loss =
                () -> {
                  meet(together);
                  Tensor a = value(params, "a");
                  return a.mul(a).sumLast();
                };
            return tensors.freeing(() -> tensors.gradients(List.of(loss), params).norm());
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Double> one : threads.invokeAll(List.of(norm, norm))) {
        assertThat(one.get()).isCloseTo(Math.sqrt(20), within(1e-12));
      }
    } finally {
      threads.shutdown();
    }
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLossThatIsNotFiniteEndsThem() {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      Params params = params(tensors);
      Supplier<Tensor> broken = () -> value(params, "a").mul(Double.NaN).sumLast();
      Supplier<Tensor> unasked =
          () -> {
            throw new IllegalStateException("asked");
          };
      Gradients gradients = tensors.gradients(List.of(broken, unasked), params);
      assertThat(gradients.loss()).isNaN();
      assertThat(gradients.all()).isEmpty();
    }
  }

  @Test
  void whatAChildMadeGoesWithIt() {
    try (DjlTensors tensors = DjlTensors.open(Precision.FP32)) {
      Tensor kept = tensors.zeros(2);
      Tensors child = tensors.child();
      Tensor gone = child.zeros(2);
      child.close();
      assertThat(DjlTensor.nd(gone).isReleased()).isTrue();
      assertThat(DjlTensor.nd(kept).isReleased()).isFalse();
    }
  }

  @Test
  void valuesChangeWhereTheyLie() {
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      Tensor x = tensors.of(new double[] {4, 9}, 2);
      MutableTensor values = tensors.mutable(x);
      MutableTensor root = values.sqrt();
      values
          .addInPlace(1)
          .mulInPlace(2)
          .subInPlace(root)
          .divInPlace(4)
          .mulInPlace(root)
          .addInPlace(root.mul(0.5));
      assertThat(tensors.doubles(root.tensor())).containsExactly(2, 3);
      assertThat(tensors.doubles(x)).containsExactly(5, 14.25);
      assertThat(values.mean()).isEqualTo(9.625);
      assertThat(tensors.doubles(values.div(root).add(root).mul(root).tensor()))
          .containsExactly(9, 23.25);
    }
  }
}
