package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TsvLineTest {
  @Test
  void whatWouldEndACellOrALineIsEscaped() {
    assertThat(TsvLine.of(List.of("1", "a\tb", "c\nd\re"))).isEqualTo("1\ta\\tb\tc\\nd\\re");
    assertThat(TsvLine.of(List.of("C:\\new", ""))).isEqualTo("C:\\\\new\t");
    assertThat(TsvLine.of(List.of("\u0085\u2028\u2029\u001b[31m\0")))
        .isEqualTo("\\u0085\\u2028\\u2029\\u001b[31m\\u0000");
    assertThat(TsvLine.of(List.of("d\u00e9j\u00e0 \ud83d\ude00")))
        .isEqualTo("d\u00e9j\u00e0 \ud83d\ude00");
  }
}
