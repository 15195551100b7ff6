package org.trimtab.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;

/** The update of all tensors at once against the one of each by itself. */
class UpdateTogetherTest {
  private static final List<UpdateRule> RULES =
      List.of(
          new AdamW(0.9, 0.98, 1e-6),
          new Adafactor(0.8, 1),
          new Adafactor(0.7, 0.5),
          new Sgd(0.9),
          new Sgd(0));

  /** Neither's length is a multiple of a vector's; the second one takes two threads. */
  private static final int[] SIZES = {3, 70_001, 17};

  private static final Map<String, UpdateRule.Rate> RATES =
      Map.of(
          "a", new UpdateRule.Rate(1e-2, 0.1),
          "b", new UpdateRule.Rate(3e-3, 0));

  /** Its arithmetic alone, tensor by tensor. */
  private record Composed(UpdateRule rule) implements UpdateRule {
    @Override
    public List<String> slots() {
      return rule.slots();
    }

    @Override
    public void update(
        MutableTensor value, MutableTensor g, List<MutableTensor> slots, Rate rate, long step) {
      rule.update(value, g, slots, rate, step);
    }
  }

  private static Stream<Arguments> rules() {
    return RULES.stream()
        .flatMap(rule -> Arrays.stream(Precision.values()).map(p -> arguments(rule, p)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void allAtOnceIsWhatEachAloneIs(UpdateRule rule, Precision precision) {
    assertThat(rule.script()).isPresent();
    Map<String, double[]> expected = walked(new Composed(rule), precision);
    Map<String, double[]> actual = walked(rule, precision);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (name, values) ->
            assertThat(difference(values, Optional.ofNullable(expected.get(name)).orElseThrow()))
                .as(name)
                .isLessThan(precision == Precision.FP64 ? 1e-13 : 1e-6));
  }

  /** Values and state after five steps, the last two after the state was put back. */
  private static Map<String, double[]> walked(UpdateRule rule, Precision precision) {
    Map<String, double[]> end = new LinkedHashMap<>();
    try (DjlTensors tensors = DjlTensors.open(precision)) {
      Params params = new Params();
      Random random = new Random(1);
      List<Tensor> directions = new ArrayList<>();
      for (int i = 0; i < SIZES.length; i++) {
        params.add(i == 1 ? "b" : "a", "p" + i, tensors.of(drawn(random, SIZES[i]), SIZES[i]));
        directions.add(tensors.of(drawn(random, SIZES[i]), SIZES[i]));
      }
      Map<String, HostTensor> state;
      try (Optimizer optimizer = new Optimizer(params, rule, RATES, tensors)) {
        walk(optimizer, directions, tensors, 3);
        state = optimizer.state();
      }
      try (Optimizer optimizer = new Optimizer(params, rule, RATES, tensors)) {
        optimizer.restore(state);
        walk(optimizer, directions, tensors, 2);
        optimizer.state().forEach((name, slot) -> end.put(name, doubles(slot)));
      }
      params.all().forEach(param -> end.put(param.name(), tensors.doubles(param.value())));
    }
    return end;
  }

  private static void walk(Optimizer optimizer, List<Tensor> directions, Tensors tensors, int n) {
    for (int i = 0; i < n; i++) {
      double factor = 1 - 0.2 * i;
      tensors.freeing(
          () ->
              optimizer.step(
                  tensors.gradients(
                      List.of(loss(optimizer.params(), directions)), optimizer.params()),
                  factor));
    }
  }

  /** Half the squares, and the directions: gradients that change with the values. */
  private static Supplier<Tensor> loss(Params params, List<Tensor> directions) {
    return () -> {
      List<Tensor> values = params.all().stream().map(p -> p.value()).toList();
      Tensor sum = values.get(0).mul(0).sumLast();
      for (int i = 0; i < values.size(); i++) {
        Tensor x = values.get(i);
        sum = sum.add(x.mul(x).mul(0.5).add(x.mul(directions.get(i))).sumLast());
      }
      return sum;
    };
  }

  private static double[] drawn(Random random, int size) {
    return random.doubles(size, -1, 1).toArray();
  }

  private static double[] doubles(HostTensor slot) {
    return slot.shape().length == 1 && slot.shape()[0] == 1
        ? new double[] {slot.longs()[0]}
        : slot.doubles();
  }

  /** The largest of all, by the largest value. */
  private static double difference(double[] one, double[] other) {
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
      scale = Math.max(scale, Math.abs(other[i]));
    }
    return largest / scale;
  }
}
