package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {
  @Test
  void digitsWithAPointAndAnExponentAreANumber() {
    assertThat(DecimalText.parse("2.50")).contains(2.5);
    assertThat(DecimalText.parse("-.5")).contains(-0.5);
    assertThat(DecimalText.parse("5.")).contains(5.0);
    assertThat(DecimalText.parse("+1e-3")).contains(0.001);
    assertThat(DecimalText.parse(" 007 ")).contains(7.0);
    assertThat(DecimalText.parse("1.0E10")).contains(1e10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3d",
        "3f",
        "2.5D",
        "0x1p3",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "",
        " ",
        ".",
        "1_000",
        "1,5",
        "e5",
        "--1",
        "\u0663",
        "1 2"
      })
  void whatOnlyJavaWritesIsNone(String text) {
    assertThat(DecimalText.parse(text)).isEmpty();
  }
}
