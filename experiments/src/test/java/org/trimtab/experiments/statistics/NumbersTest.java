package org.trimtab.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0.0001, 1.00e-4",
    "-0.00012345, -1.23e-4",
    "1e-12, 1.00e-12",
    "0, 0.000",
    "0.01, 0.010",
    "350.25, 350.250",
    "2500000, 2.50e+6"
  })
  void anErrorKeepsItsDigits(double value, String text) {
    assertThat(Numbers.score(value, false)).isEqualTo(text);
  }

  @Test
  void aRateHasThreeDecimalsAndAProbabilityIsNeverZero() {
    assertThat(Numbers.score(0.0001, true)).isEqualTo("0.000");
    assertThat(Numbers.score(0.8125, true)).isEqualTo("0.813");
    assertThat(Numbers.difference(0.0001, false)).isEqualTo("+1.00e-4");
    assertThat(Numbers.difference(-0.5, true)).isEqualTo("-0.500");
    assertThat(Numbers.probability(0.0004)).isEqualTo("< 0.001");
    assertThat(Numbers.probability(0.25)).isEqualTo("0.250");
  }
}
