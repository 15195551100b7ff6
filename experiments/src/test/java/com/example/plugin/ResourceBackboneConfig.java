package com.example.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.base.Sha256;
import org.trimtab.pretrained.BackboneConfig;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.pretrained.BackbonePrecision;
import org.trimtab.pretrained.OnnxShapes;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.weights.onnx.OnnxWeights;

/** A frozen BERT on the class path. */
public record ResourceBackboneConfig(String stem, int heads) implements BackboneConfig {
  @Override
  public BackbonePrecision precision() {
    return BackbonePrecision.FP32;
  }

  @Override
  public BackboneOptions options() {
    return BackboneOptions.FROZEN;
  }

  @Override
  public BackboneFiles open() {
    byte[] onnx = read(stem + ".onnx");
    byte[] tokenizer = read(stem + "-tokenizer.json");
    OnnxWeights weights = OnnxWeights.read(new ByteArrayInputStream(onnx), stem);
    return new BackboneFiles(
        stem,
        Sha256.of(onnx),
        Sha256.of(tokenizer),
        OnnxShapes.of(weights, Optional.of(heads)).architecture(),
        weights,
        HfTokenizer.read(new ByteArrayInputStream(tokenizer), stem),
        List.of());
  }

  private static byte[] read(String name) {
    try (InputStream in = ResourceBackboneConfig.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new Invalid("stem", "there is no such resource; found " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
