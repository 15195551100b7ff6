package org.trimtab.pretrained;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.architecture.config.Families;
import org.trimtab.base.Invalid;
import org.trimtab.base.Sha256;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.family.FamilyKinds;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
import org.trimtab.weights.HfWeights;

/**
 * A model in a Hugging Face directory.
 *
 * @param directory with {@code config.json}, safetensors and {@code tokenizer.json}
 */
public record HfBackboneConfig(
    Path directory,
    Tuning tuning,
    PoolerMode pooler,
    DropoutRates dropout,
    KernelChoice kernels,
    BackbonePrecision precision,
    String device)
    implements BackboneConfig {
  public HfBackboneConfig {
    new ComputeDevice(device); // refused here where it is none
    precision.requireFor(tuning);
    kernels.requireFor(dropout);
  }

  @Override
  public BackboneConfig computedBy(ComputeDevice other, BackbonePrecision in) {
    return new HfBackboneConfig(directory, tuning, pooler, dropout, kernels, in, other.name());
  }

  @Override
  public BackboneOptions options() {
    return new BackboneOptions(tuning, pooler, dropout, kernels, precision.mixed());
  }

  @Override
  public BackboneFiles open() {
    if (!Files.isDirectory(directory)) {
      throw new Invalid("directory", "there is no such folder; found " + directory);
    }
    Families.Configuration told = FamilyKinds.ALL.read(directory);
    Path tokenizer = directory.resolve("tokenizer.json");
    HfWeights weights = HfWeights.open(directory, told.architecture().names().words());
    return new BackboneFiles(
        directory.toString(),
        Sha256.of(files()),
        Sha256.of(List.of(tokenizer)),
        told.architecture(),
        weights,
        HfTokenizer.open(tokenizer),
        told.warnings());
  }

  /** Those that are read, in the order of their names: what else lies there is no part of it. */
  private List<Path> files() {
    return Stream.concat(
            Stream.of(directory.resolve("config.json")), HfWeights.files(directory).stream())
        .sorted()
        .toList();
  }
}
