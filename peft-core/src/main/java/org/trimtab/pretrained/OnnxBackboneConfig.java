package org.trimtab.pretrained;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.trimtab.base.FileErrors;
import org.trimtab.base.Invalid;
import org.trimtab.base.Sha256;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;
import org.trimtab.weights.onnx.OnnxWeights;

/**
 * An encoder that a jar on the class path holds as an ONNX file.
 *
 * @param model which one
 * @param tuning what of it trains
 * @param pooler whether its pooler runs
 * @param dropout its own while training
 * @param kernels how its layers are computed
 * @param precision that it computes in
 * @param device what computes it
 */
public record OnnxBackboneConfig(
    OnnxModel model,
    Tuning tuning,
    PoolerMode pooler,
    DropoutRates dropout,
    KernelChoice kernels,
    BackbonePrecision precision,
    String device)
    implements BackboneConfig {
  public OnnxBackboneConfig {
    new ComputeDevice(device); // refused here where it is none
    precision.requireFor(tuning);
    kernels.requireFor(dropout);
  }

  @Override
  public BackboneConfig computedBy(ComputeDevice other, BackbonePrecision in) {
    return new OnnxBackboneConfig(model, tuning, pooler, dropout, kernels, in, other.name());
  }

  @Override
  public BackboneOptions options() {
    return new BackboneOptions(tuning, pooler, dropout, kernels, precision.mixed());
  }

  @Override
  public BackboneFiles open() {
    byte[] onnx = resource(model.file());
    // The hash takes as long as the reading: beside it, it takes none.
    CompletableFuture<String> sha256 = CompletableFuture.supplyAsync(() -> Sha256.of(onnx));
    OnnxWeights weights = OnnxWeights.read(onnx, model.file());
    byte[] tokenizer = resource(model.tokenizer());
    HfTokenizer texts = HfTokenizer.read(new ByteArrayInputStream(tokenizer), model.tokenizer());
    return new BackboneFiles(
        model.id(),
        sha256.join(),
        Sha256.of(tokenizer),
        OnnxShapes.of(weights, Optional.of(OnnxModel.HEADS)).architecture(),
        weights,
        texts,
        List.of());
  }

  private byte[] resource(String name) {
    URL resource = getClass().getResource("/" + name);
    if (resource == null) {
      throw new Invalid(
          "model",
          "found "
              + model.id()
              + ", which is not installed; README.md, section Backbones, has the command");
    }
    try {
      return bytes(resource.openConnection());
    } catch (IOException e) {
      throw FileErrors.unreadable(name, e);
    }
  }

  /** Into one array of the size that the jar says: a stream of unknown length is held twice. */
  private static byte[] bytes(URLConnection resource) throws IOException {
    int size = resource.getContentLength();
    try (InputStream in = resource.getInputStream()) {
      if (size < 0) {
        return in.readAllBytes();
      }
      byte[] bytes = new byte[size];
      if (in.readNBytes(bytes, 0, size) < size || in.read() >= 0) {
        throw new IOException("not of the " + size + " bytes that " + resource.getURL() + " says");
      }
      return bytes;
    }
  }
}
