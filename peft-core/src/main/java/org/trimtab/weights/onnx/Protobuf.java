package org.trimtab.weights.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The wire format of protocol buffers, as far as reading an ONNX graph needs it. */
final class Protobuf {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private Protobuf() {}

  /** A message's field: its number, and its value as a number or as bytes. */
  record Field(int number, int wire, long value, ByteBuffer bytes) {
    String text() {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
  }

  /** Reads the next field and moves {@code in} behind it. */
  static Field next(ByteBuffer in) {
    long key = varint(in);
    int wire = (int) (key & 7);
    ByteBuffer empty = ByteBuffer.allocate(0);
    int number = (int) (key >>> 3);
    return switch (wire) {
      case VARINT -> new Field(number, wire, varint(in), empty);
      case FIXED64 -> new Field(number, wire, in.getLong(), empty);
      case FIXED32 -> new Field(number, wire, in.getInt(), empty);
      case BYTES -> new Field(number, wire, 0, slice(in));
      default -> throw new IllegalArgumentException("unknown wire type " + wire);
    };
  }

  static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  /** A field's number, or its numbers, packed. */
  static List<Long> varints(Field field) {
    if (field.wire() == VARINT) {
      return List.of(field.value());
    }
    List<Long> values = new ArrayList<>();
    ByteBuffer packed = field.bytes();
    while (packed.hasRemaining()) {
      values.add(varint(packed));
    }
    return values;
  }

  /** A field's number of {@code bytes} bytes, or its numbers, packed. */
  static ByteBuffer fixed(Field field, int bytes) {
    if (field.wire() == BYTES) {
      return field.bytes();
    }
    ByteBuffer one = littleEndian(bytes);
    return (bytes == Float.BYTES ? one.putInt((int) field.value()) : one.putLong(field.value()))
        .flip();
  }

  static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer slice(ByteBuffer in) {
    long length = varint(in);
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a field of " + length + " bytes ends behind the file");
    }
    ByteBuffer slice = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return slice;
  }
}
