package org.trimtab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.base.Invalid;
import org.trimtab.tensor.djl.DjlTensors;

/** Parameters beyond reason, whoever asks for them: heads, recipes, methods of plug-ins. */
class InitSizesTest {
  private static Stream<Function<Init, Tensor>> makers() {
    return Stream.of(
        init -> init.zeros(1L << 40, 1L << 40),
        init -> init.constant(1, 1L << 40, 1L << 30),
        init -> init.normal(1, Long.MAX_VALUE, Long.MAX_VALUE),
        init -> init.uniform(1, 100_000_000, 100_000_000),
        init -> init.zeros(-2_147_483_648, 2),
        init -> init.normal(1, -3, -5));
  }

  @ParameterizedTest
  @MethodSource("makers")
  void whatNothingCouldHoldIsRefusedOfTheSettingsThatAskForIt(Function<Init, Tensor> maker) {
    try (Tensors tensors = DjlTensors.open(Precision.FP32)) {
      Init init = new Init(tensors, new Random(1));
      assertThatThrownBy(() -> maker.apply(init))
          .isInstanceOfSatisfying(
              Invalid.class,
              e -> {
                assertThat(e.key()).isEmpty();
                assertThat(e.within("hidden").within("head").key()).isEqualTo("head.hidden");
                assertThat(e.within("head").key()).isEqualTo("head");
              })
          .hasMessageEndingWith("; allowed a smaller value");
      assertThat(init.random().nextLong()).isEqualTo(new Random(1).nextLong());
    }
  }
}
