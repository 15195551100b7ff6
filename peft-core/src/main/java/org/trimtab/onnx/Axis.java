package org.trimtab.onnx;

/**
 * The length of one axis.
 *
 * @param symbol what stands for the part that a pass decides; empty where nothing does
 * @param length of the fixed part
 */
record Axis(String symbol, long length) {
  /** A length that only a pass tells. */
  static final Axis UNKNOWN = new Axis("?", 0);

  static final Axis ONE = fixed(1);

  static Axis fixed(long length) {
    return new Axis("", length);
  }

  static Axis open(String symbol) {
    return new Axis(symbol, 0);
  }

  boolean isFixed() {
    return symbol.isEmpty();
  }

  boolean isKnown() {
    return !symbol.equals(UNKNOWN.symbol);
  }

  /** Both behind each other. */
  Axis plus(Axis other) {
    if (!isKnown() || !other.isKnown() || !(isFixed() || other.isFixed())) {
      return UNKNOWN;
    }
    return new Axis(symbol + other.symbol, length + other.length);
  }

  @Override
  public String toString() {
    if (isFixed()) {
      return Long.toString(length);
    }
    return length == 0 ? symbol : symbol + " " + (length < 0 ? "- " : "+ ") + Math.abs(length);
  }
}
