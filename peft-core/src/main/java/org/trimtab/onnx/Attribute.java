package org.trimtab.onnx;

/** What an operator is told besides its inputs (AttributeProto). */
final class Attribute {
  private static final int NAME = 1;
  private static final int TYPE = 20;

  private Attribute() {}

  static Message integer(String name, long value) {
    return new Message().text(NAME, name).number(3, value).number(TYPE, 2);
  }

  static Message real(String name, double value) {
    return new Message().text(NAME, name).real(2, (float) value).number(TYPE, 1);
  }

  static Message integers(String name, long... values) {
    Message attribute = new Message().text(NAME, name);
    for (long value : values) { // a field each: what every reader of this format takes
      attribute.number(8, value);
    }
    return attribute.number(TYPE, 7);
  }

  /** A tensor (TensorProto). */
  static Message tensor(String name, Message tensor) {
    return new Message().text(NAME, name).message(5, tensor).number(TYPE, 4);
  }
}
