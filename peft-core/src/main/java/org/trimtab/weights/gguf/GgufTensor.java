package org.trimtab.weights.gguf;

import java.util.Arrays;

/**
 * Where a tensor lies in a file, checked.
 *
 * @param shape rows first: a matrix is (out, in), other than files write it
 * @param begin its first byte in the file
 * @param bytes that it has
 */
record GgufTensor(String name, BlockType type, long[] shape, long begin, long bytes) {
  /** Values of a row. */
  long width() {
    return shape[shape.length - 1];
  }

  /** Rows of all axes but the last. */
  long rows() {
    return Arrays.stream(shape, 0, shape.length - 1).reduce(1, (a, b) -> a * b);
  }

  /** Values of all rows. */
  long size() {
    return bytes / type.blockBytes() * type.blockValues();
  }

  /** Bytes of a row. */
  long rowBytes() {
    return width() / type.blockValues() * type.blockBytes();
  }

  /** The same, with its first byte so much further on. */
  GgufTensor behind(long start) {
    return new GgufTensor(name, type, shape, begin + start, bytes);
  }
}
