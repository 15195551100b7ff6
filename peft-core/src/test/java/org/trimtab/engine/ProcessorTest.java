package org.trimtab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Linux tells of a processor. */
class ProcessorTest {
  private static Processor of(String flags) {
    return Processor.of(
        Stream.of("processor\t: 0", "flags\t\t: " + flags, "processor\t: 1", "flags\t\t: none"));
  }

  @ParameterizedTest
  @CsvSource({
    "fpu avx512f amx_bf16 amx_tile, true",
    "avx512_bf16, true",
    "fpu avx512f avx512vl, false",
    "avx512_bf16x, false"
  })
  void unitsAreToldByTheFlagsOfTheFirstCore(String flags, boolean units) {
    assertThat(of(flags).hasBf16Units()).isEqualTo(units);
  }

  @Test
  void whereNothingIsToldNothingIsThere() {
    assertThat(Processor.of(Stream.of("Processor: ARMv8")).flags()).isEmpty();
  }
}
