package org.trimtab.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Degenerate comparisons, and the bootstrap. */
class StatisticsTest {
  private static final double[] THREE = {1, 2, 3};

  @Test
  void comparisonsThatCannotBeMadeAreEmptyOrSayNothing() {
    assertThat(PairedTests.t(new double[] {1}, new double[] {2})).isEmpty();
    assertThat(PairedTests.wilcoxon(new double[0], new double[0])).isEmpty();
    assertThat(PairedTests.t(THREE, THREE)).hasValue(1);
    assertThat(PairedTests.wilcoxon(THREE, THREE)).hasValue(1);
    assertThat(PairedTests.t(THREE, new double[] {0, 1, 2})).hasValue(0);
    assertThatThrownBy(() -> PairedTests.t(THREE, new double[] {1}))
        .hasMessageContaining("3 and 1");
    assertThat(Summary.of(4).interval()).isEmpty();
    assertThatThrownBy(() -> Summary.of()).hasMessageContaining("no values");
  }

  @Test
  void theIntervalOfAShareIsThatOfTheBinomial() {
    int items = 400;
    Interval interval =
        new Bootstrap(items, 4000, new Random(1))
            .interval(
                indices ->
                    OptionalDouble.of(
                        (double) Arrays.stream(indices).filter(i -> i < 300).count() / items));
    double half = 1.96 * Math.sqrt(0.75 * 0.25 / items);
    assertThat(interval.low()).isCloseTo(0.75 - half, within(0.006));
    assertThat(interval.high()).isCloseTo(0.75 + half, within(0.006));
  }

  @Test
  void pairedDrawsSeeWhatUnpairedOnesWouldNot() {
    Bootstrap.Score all = indices -> share(indices, 300);
    Bootstrap.Score fewer = indices -> share(indices, 290);
    Bootstrap.Difference clear = bootstrap().difference(all, fewer);
    assertThat(clear.interval().low()).isPositive();
    assertThat(clear.p()).isLessThan(0.01);
    Bootstrap.Difference none = bootstrap().difference(all, all);
    assertThat(none.p()).isEqualTo(1);
    assertThat(none.interval()).isEqualTo(new Interval(0, 0));
  }

  private static Bootstrap bootstrap() {
    return new Bootstrap(400, 2000, new Random(7));
  }

  private static OptionalDouble share(int[] indices, int below) {
    return OptionalDouble.of(
        (double) Arrays.stream(indices).filter(i -> i < below).count() / indices.length);
  }

  @Test
  void undefinedScoresArePassedOver() {
    Interval interval =
        new Bootstrap(2, 100, new Random(3))
            .interval(
                indices ->
                    indices[0] == indices[1] ? OptionalDouble.empty() : OptionalDouble.of(5));
    assertThat(interval).isEqualTo(new Interval(5, 5));
    assertThatThrownBy(
            () -> new Bootstrap(2, 5, new Random(3)).interval(indices -> OptionalDouble.empty()))
        .hasMessageContaining("not defined");
  }

  /** With many pairs t is nearly normal: (1.96 + 0.84) s / √n. */
  @Test
  void theSmallestEffectShrinksWithTheRootOfThePairs() {
    assertThat(SmallestEffect.paired(1, 10_000)).isCloseTo(0.028, within(1e-4));
    assertThat(SmallestEffect.paired(2, 5)).isGreaterThan(2 * 2.8 / Math.sqrt(5));
  }
}
