package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trimtab.head.Prediction;

/** What the guards say, word for word. */
class GuardsTest {
  private static final Guards GUARDS = new Guards(2, "matthews", 0);

  private static List<Prediction<Integer>> predictions(int classes) {
    return IntStream.range(0, 100).mapToObj(i -> new Prediction<>(i % classes, List.of())).toList();
  }

  @Test
  void nothingIsSaidOfARunThatLearns() {
    assertThat(GUARDS.warnings(0, predictions(2), 0, 0)).isEmpty();
    assertThat(GUARDS.warnings(1, predictions(2), 0.5, 0.5)).isEmpty();
  }

  @Test
  void aCollapseIsNamedWithItsClass() {
    assertThat(GUARDS.warnings(0, predictions(1), 0, 0))
        .containsExactly(
            "after epoch 1 every dev example is predicted as 0: the model has collapsed, or has not"
                + " begun to learn");
  }

  @Test
  void anUndefinedMetricIsNamed() {
    assertThat(GUARDS.warnings(0, predictions(2), Double.NEGATIVE_INFINITY, 0))
        .containsExactly("after epoch 1 the metric 'matthews' is undefined");
  }

  @Test
  void aScoreThatChanceExplainsIsNamedAtTheEnd() {
    assertThat(GUARDS.warnings(1, predictions(2), 0.05, 0.09))
        .containsExactly(
            "the best dev score, 0.0900, is within chance of the baseline's, 0.0000 (0.1000 for 100"
                + " examples): the model may have learnt nothing; do labels and texts belong"
                + " together?");
  }
}
