package org.trimtab.pretrained;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.base.Check;
import org.trimtab.base.Sha256;
import org.trimtab.tensor.Precision;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.BackboneOptions;
import org.trimtab.transformer.DropoutRates;
import org.trimtab.transformer.PoolerMode;
import org.trimtab.transformer.Tuning;
import org.trimtab.weights.OnnxWeights;

/**
 * A BERT as an ONNX file of one's own.
 *
 * @param heads of its attention, which the file doesn't say
 */
public record OnnxFileBackboneConfig(
    Path file,
    Path tokenizer,
    int heads,
    Tuning tuning,
    PoolerMode pooler,
    DropoutRates dropout,
    Precision precision)
    implements BackboneConfig {
  public OnnxFileBackboneConfig {
    Check.positive("heads", heads);
  }

  @Override
  public BackboneOptions options() {
    return new BackboneOptions(tuning, pooler, dropout);
  }

  @Override
  public BackboneFiles open() {
    OnnxWeights weights = OnnxWeights.open(file);
    return new BackboneFiles(
        file.toString(),
        Sha256.of(List.of(file)),
        Sha256.of(List.of(tokenizer)),
        OnnxShapes.of(weights, heads),
        weights,
        HfTokenizer.open(tokenizer));
  }
}
