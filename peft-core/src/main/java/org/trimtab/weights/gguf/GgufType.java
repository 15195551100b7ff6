package org.trimtab.weights.gguf;

import java.util.Optional;
import java.util.stream.Stream;

/** The types of metadata. */
public enum GgufType {
  UINT8(0, 1),
  INT8(1, 1),
  UINT16(2, 2),
  INT16(3, 2),
  UINT32(4, 4),
  INT32(5, 4),
  FLOAT32(6, 4),
  BOOL(7, 1),
  STRING(8, 8),
  ARRAY(9, 12),
  UINT64(10, 8),
  INT64(11, 8),
  FLOAT64(12, 8);

  private final int number;
  private final int smallest;

  GgufType(int number, int smallest) {
    this.number = number;
    this.smallest = smallest;
  }

  /** The type that files have under {@code number}, where there is one. */
  static Optional<GgufType> of(long number) {
    return Stream.of(values()).filter(type -> type.number == number).findFirst();
  }

  /** Bytes that a value has at least: a text its length, an array its type and its length. */
  int smallest() {
    return smallest;
  }

  /** Whether all values have as many bytes. */
  boolean fixed() {
    return this != STRING && this != ARRAY;
  }
}
