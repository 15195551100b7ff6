package org.trimtab.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trimtab.pretrained.BackbonePrecision.BF16_MIXED;
import static org.trimtab.pretrained.BackbonePrecision.BF16_MIXED_OR_FP32;
import static org.trimtab.pretrained.BackbonePrecision.FP32;
import static org.trimtab.pretrained.BackbonePrecision.FP64;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trimtab.base.Invalid;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.engine.Processor;
import org.trimtab.tensor.Precision;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** What a processor makes of a precision. */
class BackbonePrecisionTest {
  private static final Processor WITH = new Processor("", Set.of("amx_bf16"));
  private static final Processor WITHOUT = new Processor("", Set.of("avx512f"));

  @Test
  void mixedNeedsUnitsOrFallsBackWhereAsked() {
    assertThat(BF16_MIXED_OR_FP32.on(WITH)).isEqualTo(BF16_MIXED);
    assertThat(BF16_MIXED_OR_FP32.on(WITHOUT)).isEqualTo(FP32);
    assertThat(BF16_MIXED.on(WITHOUT)).isEqualTo(BF16_MIXED);
    assertThat(FP64.on(WITHOUT)).isEqualTo(FP64);
    BF16_MIXED.require(WITH, ComputeDevice.CPU);
    BF16_MIXED_OR_FP32.require(WITHOUT, ComputeDevice.CPU);
    FP32.require(WITHOUT, new ComputeDevice("cuda:0"));
    assertThatThrownBy(() -> BF16_MIXED.require(WITHOUT, ComputeDevice.CPU))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            "this processor has no units for it (AMX_BF16, AVX512_BF16); found bf16-mixed; allowed"
                + " fp32, fp64, bf16-mixed-or-fp32");
  }

  @Test
  void mixedIsForProcessors() {
    assertThatThrownBy(() -> BF16_MIXED.require(WITH, new ComputeDevice("cuda:0")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("the device is cuda:0; found bf16-mixed; allowed fp32, ");
  }

  @Test
  void tensorsStayInSinglePrecision() {
    assertThat(BF16_MIXED.tensors()).isEqualTo(Precision.FP32);
    assertThat(FP64.tensors()).isEqualTo(Precision.FP64);
  }

  @Test
  void whatTrainsIsNotRounded() {
    assertThatThrownBy(
            () ->
                new BackboneOptions(
                    Tuning.FULL, PoolerMode.NONE, DropoutRates.NONE, KernelChoice.AUTO, true))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("found bf16-mixed; allowed fp32");
  }
}
