package org.trimtab.weights.gguf;

/** The types of metadata, in the order of their numbers in files. */
public enum GgufType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(8),
  ARRAY(12),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private final int smallest;

  GgufType(int smallest) {
    this.smallest = smallest;
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
