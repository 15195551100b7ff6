package org.trimtab.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.tensor.DType;

/** The checked header of a safetensors file. */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {

  /** One tensor: its bytes stand from {@code begin} to {@code end} of the data. */
  record Entry(String name, DType type, long[] shape, long begin, long end) {}

  /**
   * Checks everything that a reader relies on.
   *
   * @param dataLength bytes after the header
   */
  static SafetensorsHeader parse(String text, long dataLength, String file) {
    JsonNode root = Json.parse(text, file + ": header");
    if (!root.isObject()) {
      throw new UserError(file + ": the header must be a JSON object, found " + kind(root));
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    root.properties()
        .forEach(
            field -> {
              if (field.getKey().equals("__metadata__")) {
                metadata.putAll(metadata(field.getValue(), file));
              } else {
                entries.put(
                    field.getKey(), new Fields(field.getKey(), file).entry(field.getValue()));
              }
            });
    requireDense(entries, dataLength, file);
    return new SafetensorsHeader(entries, metadata);
  }

  private static Map<String, String> metadata(JsonNode node, String file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual()) {
                throw new UserError(file + ": __metadata__ '" + field.getKey() + "' must be text");
              }
              metadata.put(field.getKey(), field.getValue().textValue());
            });
    return metadata;
  }

  private static void requireDense(Map<String, Entry> entries, long dataLength, String file) {
    List<Entry> ordered = new ArrayList<>(entries.values());
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : ordered) {
      if (entry.begin() != end) {
        throw new UserError(
            file
                + ": tensor '"
                + entry.name()
                + "' "
                + (entry.begin() < end ? "overlaps the one before it" : "has a hole before it")
                + ": it begins at byte "
                + entry.begin()
                + ", the data so far ends at "
                + end);
      }
      end = entry.end();
    }
    if (end != dataLength) {
      throw new UserError(
          file
              + (end > dataLength ? ": truncated: " : ": trailing bytes: ")
              + "the tensors take "
              + end
              + " bytes of data, the file has "
              + dataLength);
    }
  }

  private static String kind(JsonNode node) {
    return node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
  }

  /** The fields of one tensor's entry, with messages that name it. */
  private record Fields(String name, String file) {
    Entry entry(JsonNode node) {
      DType type = type(node.path("dtype"));
      long[] shape = longs(node.path("shape"), "shape");
      long[] offsets = longs(node.path("data_offsets"), "data_offsets");
      if (offsets.length != 2) {
        throw error("data_offsets must be two numbers, found " + offsets.length);
      }
      if (offsets[0] > offsets[1]) {
        throw error("data_offsets run backwards: " + offsets[0] + " to " + offsets[1]);
      }
      long bytes = bytes(type, shape);
      if (bytes != offsets[1] - offsets[0]) {
        throw error(
            "its shape takes " + bytes + " bytes, its offsets " + (offsets[1] - offsets[0]));
      }
      return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private DType type(JsonNode node) {
      Optional<DType> type =
          Stream.of(DType.values()).filter(t -> t.name().equals(node.textValue())).findFirst();
      return type.orElseThrow(
          () -> error("unknown dtype " + node + "; allowed " + List.of(DType.values())));
    }

    private long[] longs(JsonNode node, String key) {
      if (!node.isArray()) {
        throw error(
            key + " must be a list of numbers, found " + (node.isMissingNode() ? "none" : node));
      }
      long[] values = new long[node.size()];
      for (int i = 0; i < values.length; i++) {
        JsonNode value = node.get(i);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
          throw error(key + " must be whole numbers from 0 on, found " + value);
        }
        values[i] = value.longValue();
      }
      return values;
    }

    private long bytes(DType type, long[] shape) {
      try {
        long bytes = type.bytes();
        for (long axis : shape) {
          bytes = Math.multiplyExact(bytes, axis);
        }
        return bytes;
      } catch (ArithmeticException e) {
        throw error("its shape overflows 64 bits");
      }
    }

    private UserError error(String message) {
      return new UserError(file + ": tensor '" + name + "': " + message);
    }
  }
}
