package org.trimtab.pretrained;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Sha256;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
import org.trimtab.weights.onnx.OnnxProducer;
import org.trimtab.weights.onnx.OnnxWeights;

/**
 * A BERT or RoBERTa as an ONNX file of one's own.
 *
 * @param heads of its attention, where the graph doesn't say how many
 */
public record OnnxFileBackboneConfig(
    Path file,
    Path tokenizer,
    Optional<Integer> heads,
    Tuning tuning,
    PoolerMode pooler,
    DropoutRates dropout,
    KernelChoice kernels,
    BackbonePrecision precision,
    String device)
    implements BackboneConfig {
  public OnnxFileBackboneConfig {
    kernels.requireFor(dropout);
    heads.ifPresent(h -> Check.positive("heads", h));
    new ComputeDevice(device); // refused here where it is none
    precision.requireFor(tuning);
  }

  @Override
  public BackboneConfig computedBy(ComputeDevice other, BackbonePrecision in) {
    return new OnnxFileBackboneConfig(
        file, tokenizer, heads, tuning, pooler, dropout, kernels, in, other.name());
  }

  @Override
  public BackboneOptions options() {
    return new BackboneOptions(tuning, pooler, dropout, kernels, precision.mixed());
  }

  @Override
  public BackboneFiles open() {
    OnnxProducer.requireBackbone(file);
    OnnxWeights weights = OnnxWeights.open(file);
    List<Path> files = new ArrayList<>(List.of(file));
    files.addAll(weights.externalFiles());
    return new BackboneFiles(
        file.toString(),
        Sha256.of(files),
        Sha256.of(List.of(tokenizer)),
        OnnxShapes.of(weights, heads).architecture(),
        weights,
        HfTokenizer.open(tokenizer),
        List.of());
  }
}
