package org.trimtab.transformer.file;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.AtomicFile;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.SafetensorsWriter;

/**
 * Writes models as Hugging Face's directories, in single precision and in their family's own names
 * and matrices.
 *
 * @param architecture what {@code config} says
 * @param config the keys of {@code config.json}
 */
public record BackboneWriter(Architecture architecture, ConfigKeys config) {
  /** The values of {@code backbone}'s weights by their names, in single precision. */
  public static Map<String, HostTensor> values(Backbone backbone) {
    Tensors tensors = backbone.tensors();
    Map<String, HostTensor> values = new LinkedHashMap<>();
    backbone
        .weights()
        .forEach(
            (name, tensor) ->
                values.put(name, HostTensor.of(tensors.floats(tensor), tensors.shape(tensor))));
    return values;
  }

  /**
   * Writes {@code config.json} and {@code model.safetensors}, which {@link
   * org.trimtab.transformer.Backbones#load} reads.
   *
   * @param directory that there is
   * @param weights by their names, as {@link Backbone#weights} has them
   * @throws IllegalArgumentException if parts of a matrix are missing
   */
  public void write(Path directory, Map<String, HostTensor> weights) {
    Map<String, HostTensor> files = new LinkedHashMap<>();
    new TensorShapes(architecture)
        .joined(weights)
        .forEach((name, tensor) -> files.put(architecture.inFile(name), tensor));
    SafetensorsWriter.write(directory.resolve("model.safetensors"), files, Map.of());
    AtomicFile.writeText(directory.resolve("config.json"), config.inSinglePrecision());
  }

  /** As {@link #write(Path, Map)}, with a copy of {@code tokenizer}, a {@code tokenizer.json}. */
  public void write(Path directory, Map<String, HostTensor> weights, Path tokenizer) {
    write(directory, weights);
    AtomicFile.write(
        directory.resolve("tokenizer.json"),
        channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(Files.readAllBytes(tokenizer))));
  }
}
