package org.trimtab.pretrained;

import java.util.Locale;
import org.trimtab.base.Invalid;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.engine.Processor;
import org.trimtab.tensor.Precision;
import org.trimtab.transformer.options.Tuning;

/** The number formats that a backbone computes in. */
public enum BackbonePrecision {
  FP32,
  FP64,
  /** Frozen linear layers in bfloat16, all else in single precision. */
  BF16_MIXED,
  /** As {@link #BF16_MIXED} where the processor has units for it, and else as {@link #FP32}. */
  BF16_MIXED_OR_FP32;

  /** Of the tensors: of what trains, of norms, losses and optimizers. */
  public Precision tensors() {
    return this == FP64 ? Precision.FP64 : Precision.FP32;
  }

  /** Whether linear layers are in bfloat16. */
  public boolean mixed() {
    return this == BF16_MIXED || this == BF16_MIXED_OR_FP32;
  }

  /** What this is on {@code processor}, refusing nothing. */
  public BackbonePrecision on(Processor processor) {
    if (this != BF16_MIXED_OR_FP32) {
      return this;
    }
    return processor.hasBf16Units() ? BF16_MIXED : FP32;
  }

  /**
   * Refuses what {@code processor} would compute slowly, and what isn't for {@code device}.
   *
   * @throws Invalid naming what is allowed
   */
  public void require(Processor processor, ComputeDevice device) {
    if (on(processor) != BF16_MIXED) {
      return;
    }
    if (device.isAccelerator()) {
      throw refusal("is for processors, and the device is " + device.name());
    }
    if (!processor.hasBf16Units()) {
      throw refusal("this processor has no units for it (AMX_BF16, AVX512_BF16)");
    }
  }

  /**
   * Refuses to round what trains.
   *
   * @throws Invalid naming what is allowed
   */
  void requireFor(Tuning tuning) {
    if (mixed() && tuning == Tuning.FULL) {
      throw new Invalid(
          "precision",
          "rounds frozen weights alone, and tuning is full; found "
              + yaml()
              + "; allowed fp32, fp64");
    }
  }

  /** {@code files} with a warning where this had to become {@code here}. */
  public BackboneFiles warned(BackboneFiles files, BackbonePrecision here) {
    return mixed() && !here.mixed()
        ? files.warning("this processor has no units for bf16-mixed; computed in " + here.yaml())
        : files;
  }

  private Invalid refusal(String why) {
    return new Invalid(
        "precision", why + "; found " + yaml() + "; allowed fp32, fp64, bf16-mixed-or-fp32");
  }

  /** As settings write it. */
  public String yaml() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
