package org.trimtab.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.AtomicFile;
import org.trimtab.json.Json;
import org.trimtab.tensor.HostTensor;

/** Writes safetensors files, dense and in the given order, tensor by tensor. */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes {@code tensors} in their order; {@code metadata} gets {@code format: pt}, which
   * transformers asks for.
   */
  public static void write(
      Path file, Map<String, HostTensor> tensors, Map<String, String> metadata) {
    byte[] header = header(tensors, metadata);
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          AtomicFile.writeFully(channel, length.putLong(header.length).flip());
          AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
          for (HostTensor tensor : tensors.values()) {
            AtomicFile.writeFully(channel, tensor.data().rewind());
          }
        });
  }

  private static byte[] header(Map<String, HostTensor> tensors, Map<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("format", "pt");
    all.putAll(metadata);
    header.put("__metadata__", all);
    long begin = 0;
    for (Map.Entry<String, HostTensor> entry : tensors.entrySet()) {
      HostTensor tensor = entry.getValue();
      long end = begin + tensor.size() * tensor.type().bytes();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dtype", tensor.type().name());
      fields.put("shape", tensor.shape());
      fields.put("data_offsets", List.of(begin, end));
      header.put(entry.getKey(), fields);
      begin = end;
    }
    return padded(Json.line(header).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] padded(byte[] json) {
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] padded = Arrays.copyOf(json, length);
    Arrays.fill(padded, json.length, length, (byte) ' ');
    return padded;
  }
}
