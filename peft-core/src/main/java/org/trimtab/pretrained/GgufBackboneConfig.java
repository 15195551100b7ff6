package org.trimtab.pretrained;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.trimtab.architecture.config.Families;
import org.trimtab.base.Invalid;
import org.trimtab.base.Sha256;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
import org.trimtab.weights.gguf.GgufWeights;

/**
 * A Llama as a GGUF file, whose quantized weights become floating-point numbers.
 *
 * @param tokenizer the model's {@code tokenizer.json}; the vocabulary in the file isn't read
 */
public record GgufBackboneConfig(
    Path file,
    Path tokenizer,
    Tuning tuning,
    PoolerMode pooler,
    DropoutRates dropout,
    KernelChoice kernels,
    BackbonePrecision precision,
    String device)
    implements BackboneConfig {
  public GgufBackboneConfig {
    new ComputeDevice(device); // refused here where it is none
    if (pooler != PoolerMode.NONE) {
      throw new Invalid(
          "pooler",
          "a Llama has none; found " + pooler.name().toLowerCase(Locale.ROOT) + "; allowed none");
    }
    precision.requireFor(tuning);
    kernels.requireFor(dropout);
  }

  @Override
  public BackboneConfig computedBy(ComputeDevice other, BackbonePrecision in) {
    return new GgufBackboneConfig(
        file, tokenizer, tuning, pooler, dropout, kernels, in, other.name());
  }

  @Override
  public BackboneOptions options() {
    return new BackboneOptions(tuning, pooler, dropout, kernels, precision.mixed());
  }

  @Override
  public BackboneFiles open() {
    GgufWeights weights = GgufWeights.open(file);
    try {
      Families.Configuration told = GgufShapes.of(weights);
      return new BackboneFiles(
          file.toString(),
          Sha256.of(List.of(file)),
          Sha256.of(List.of(tokenizer)),
          told.architecture(),
          weights,
          HfTokenizer.open(tokenizer),
          told.warnings());
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }
}
