package org.trimtab.weights.gguf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.base.UserError;

/**
 * Reads what a file says of its tensors, and holds it against the file's length.
 *
 * @param alignment that every tensor's offset is a multiple of
 */
record TensorTable(GgufCursor in, int alignment) {
  private static final int AXES = 4;

  /** Bytes of an entry: a name's length, axes, one axis, type, offset. */
  static final int SMALLEST = 8 + 4 + 8 + 4 + 8;

  /**
   * The tensors by name, in the order of the file.
   *
   * @param size of the file
   * @throws UserError if one has a type that isn't read, or lies outside the file or within another
   */
  Map<String, GgufTensor> read(int count, long size) {
    Map<String, GgufTensor> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      GgufTensor entry = entry(in.text("the name of tensor " + i));
      if (entries.put(entry.name(), entry) != null) {
        throw wrong(entry.name(), "stands twice");
      }
    }
    long start = (in.position() + alignment - 1L) / alignment * alignment;
    entries.values().forEach(entry -> requireWithin(entry, start, size));
    requireApart(entries);
    entries.replaceAll((name, entry) -> entry.behind(start));
    return entries;
  }

  private GgufTensor entry(String name) {
    String what = "tensor '" + name + "'";
    long axes = in.uint32(what);
    if (axes < 1 || axes > AXES) {
      throw wrong(name, "has " + axes + " axes; allowed 1 to " + AXES);
    }
    long[] shape = new long[(int) axes];
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      shape[axis] = in.uint64(what);
      if (shape[axis] < 1) {
        throw wrong(name, "has an axis of " + Long.toUnsignedString(shape[axis]));
      }
    }
    BlockType type = type(name, in.uint32(what));
    return new GgufTensor(name, type, shape, in.uint64(what), bytes(name, type, shape));
  }

  private BlockType type(String name, long number) {
    return BlockType.of(number)
        .orElseThrow(
            () ->
                wrong(
                    name,
                    "has the type "
                        + BlockType.told(number)
                        + "; allowed "
                        + String.join(
                            ", ", Stream.of(BlockType.values()).map(Enum::name).toList())));
  }

  private long bytes(String name, BlockType type, long... shape) {
    requireBlocks(name, type, shape[shape.length - 1]);
    try {
      long bytes =
          Math.multiplyExact(shape[shape.length - 1] / type.blockValues(), type.blockBytes());
      for (int axis = 0; axis < shape.length - 1; axis++) {
        bytes = Math.multiplyExact(bytes, shape[axis]);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw wrong(name, "has a shape that overflows 64 bits");
    }
  }

  private void requireBlocks(String name, BlockType type, long width) {
    if (width % type.blockValues() != 0) {
      throw wrong(
          name,
          "has rows of "
              + width
              + " values; allowed multiples of "
              + type.blockValues()
              + ", a block of "
              + type);
    }
  }

  private void requireWithin(GgufTensor entry, long start, long size) {
    requireAligned(entry);
    long room = size - start;
    if (entry.begin() < 0 || entry.bytes() > room || entry.begin() > room - entry.bytes()) {
      throw wrong(
          entry.name(),
          "lies outside the file, which is truncated or broken: "
              + entry.bytes()
              + " bytes from "
              + Long.toUnsignedString(entry.begin())
              + " on, of "
              + Math.max(0, room));
    }
  }

  private void requireAligned(GgufTensor entry) {
    if (Long.remainderUnsigned(entry.begin(), alignment) != 0) {
      throw wrong(
          entry.name(),
          "begins at "
              + Long.toUnsignedString(entry.begin())
              + "; allowed multiples of the alignment, "
              + alignment);
    }
  }

  private void requireApart(Map<String, GgufTensor> entries) {
    List<GgufTensor> ordered = new ArrayList<>(entries.values());
    ordered.sort(Comparator.comparingLong(GgufTensor::begin));
    long end = 0;
    for (GgufTensor entry : ordered) {
      if (entry.begin() < end) {
        throw wrong(entry.name(), "overlaps the one before it");
      }
      end = entry.begin() + entry.bytes();
    }
  }

  private UserError wrong(String name, String message) {
    return in.wrong("tensor '" + name + "' " + message);
  }
}
