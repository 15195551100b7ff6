package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.base.Better;
import org.trimtab.head.Prediction;

/** What the guards say, word for word. */
class GuardsTest {
  private static final Guards<Integer> GUARDS =
      new Guards<>(
          2, new Criterion("matthews", Better.HIGHER, OptionalDouble.of(0)), c -> "class" + c);

  private static List<Prediction<Integer>> predictions(int classes) {
    return IntStream.range(0, 100).mapToObj(i -> new Prediction<>(i % classes, List.of())).toList();
  }

  @Test
  void nothingIsSaidOfARunThatLearns() {
    assertThat(GUARDS.warnings(0, predictions(2), OptionalDouble.of(0), OptionalDouble.of(0)))
        .isEmpty();
    assertThat(GUARDS.warnings(1, predictions(2), OptionalDouble.of(0.5), OptionalDouble.of(0.5)))
        .isEmpty();
  }

  @Test
  void aCollapseIsNamedWithItsClass() {
    assertThat(GUARDS.warnings(0, predictions(1), OptionalDouble.of(0), OptionalDouble.of(0)))
        .containsExactly(
            "after epoch 1 every dev example is predicted as class0: the model has collapsed, or has not"
                + " begun to learn");
  }

  @Test
  void anUndefinedMetricIsNamed() {
    assertThat(GUARDS.warnings(0, predictions(2), OptionalDouble.empty(), OptionalDouble.of(0)))
        .containsExactly("after epoch 1 the metric 'matthews' is undefined");
  }

  @Test
  void aScoreThatChanceExplainsIsNamedAtTheEnd() {
    assertThat(GUARDS.warnings(1, predictions(2), OptionalDouble.of(0.05), OptionalDouble.of(0.09)))
        .containsExactly(
            "the best dev score, 0.0900, is within chance of the baseline's, 0.0000 (0.1000 for 100"
                + " examples): the model may have learnt nothing; do labels and texts belong"
                + " together?");
  }

  /** Of an error: the margin is a tenth of the baseline's, as 1/√100 is. */
  @ParameterizedTest
  @CsvSource({"3.5, false", "2.0, false", "1.9, false", "1.79, true", "0.5, true"})
  void anErrorHasLearntSomethingWhereItIsBelowTheBaseline(double best, boolean learnt) {
    Guards<Integer> guards =
        new Guards<>(1, new Criterion("mse", Better.LOWER, OptionalDouble.of(2)), c -> "class" + c);
    List<String> warnings =
        guards.warnings(0, predictions(2), OptionalDouble.of(best), OptionalDouble.of(best));
    assertThat(warnings.isEmpty()).isEqualTo(learnt);
    assertThat(warnings)
        .allSatisfy(
            warning ->
                assertThat(warning)
                    .contains("within chance of the baseline's, 2.0000 (0.2000 for 100 examples)"));
  }

  @Test
  void anUndefinedBaselineIsSaidToBeSo() {
    Guards<Integer> correlation =
        new Guards<>(
            1, new Criterion("pearson", Better.HIGHER, OptionalDouble.empty()), c -> "class" + c);
    OptionalDouble weak = OptionalDouble.of(0.05);
    assertThat(correlation.warnings(0, predictions(2), weak, weak))
        .singleElement()
        .asString()
        .contains("0.0500, is within chance of 0, the baseline's being undefined (0.1000 for 100");
    OptionalDouble strong = OptionalDouble.of(0.2);
    assertThat(correlation.warnings(0, predictions(2), strong, strong)).isEmpty();
    Guards<Integer> error =
        new Guards<>(
            1, new Criterion("own", Better.LOWER, OptionalDouble.empty()), c -> "class" + c);
    assertThat(error.warnings(0, predictions(2), strong, strong)).isEmpty();
  }
}
