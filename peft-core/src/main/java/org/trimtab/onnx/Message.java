package org.trimtab.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A protocol buffers message in the making: fields in their order. Large values are asked for only
 * when they are written, one after the other.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private final List<Chunk> chunks = new ArrayList<>();
  private long size;

  /**
   * A piece of what is written.
   *
   * @param length of its bytes
   */
  record Chunk(long length, Supplier<ByteBuffer> bytes) {}

  /** Takes the pieces of a message. */
  @FunctionalInterface
  interface Sink<E extends Exception> {
    void write(ByteBuffer bytes) throws E;
  }

  Message number(int field, long value) {
    return key(field, VARINT).varint(value);
  }

  /** Whole numbers, packed. */
  Message numbers(int field, long... values) {
    Message packed = new Message();
    for (long value : values) {
      packed.varint(value);
    }
    return message(field, packed);
  }

  Message real(int field, float value) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return key(field, FIXED32).bytes(bytes.putFloat(value).flip());
  }

  Message text(int field, String value) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(value);
    return key(field, BYTES).varint(bytes.remaining()).bytes(bytes);
  }

  Message message(int field, Message value) {
    key(field, BYTES).varint(value.size);
    chunks.addAll(value.chunks);
    size += value.size;
    return this;
  }

  /** Bytes that are there when the message is written. */
  Message later(int field, long length, Supplier<ByteBuffer> bytes) {
    key(field, BYTES).varint(length);
    chunks.add(new Chunk(length, bytes));
    size += length;
    return this;
  }

  /** The number of its bytes. */
  long size() {
    return size;
  }

  <E extends Exception> void writeTo(Sink<E> sink) throws E {
    for (Chunk chunk : chunks) {
      sink.write(chunk.bytes().get());
    }
  }

  private Message key(int field, int wire) {
    return varint(((long) field << 3) | wire);
  }

  private Message varint(long value) {
    ByteBuffer bytes = ByteBuffer.allocate(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes.put((byte) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    return bytes(bytes.put((byte) left).flip());
  }

  private Message bytes(ByteBuffer bytes) {
    chunks.add(new Chunk(bytes.remaining(), bytes::duplicate));
    size += bytes.remaining();
    return this;
  }
}
