package org.trimtab.experiments.track.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * TensorBoard's {@code Event} message (event.proto, summary.proto) in protobuf's wire format. It
 * uses six fields of two messages: less than what generated code and its library would add.
 */
final class Event {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int DOUBLE = 1;
  private static final int BYTES = 2;
  private static final int FLOAT = 5;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Event() {}

  private static Event at(double seconds, long step) {
    Event event = new Event();
    event.fixed(WALL_TIME, DOUBLE, Double.doubleToLongBits(seconds), Double.BYTES);
    event.varint(STEP << 3);
    event.varint(step);
    return event;
  }

  /** The first event of a file. */
  static byte[] version(double seconds) {
    Event event = at(seconds, 0);
    event.bytes(FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
    return event.out.toByteArray();
  }

  /** A session starts: what older files have from {@code step} on no longer counts. */
  static byte[] start(double seconds, long step) {
    Event event = at(seconds, step);
    event.bytes(SESSION_LOG, new byte[] {1 << 3, 1});
    return event.out.toByteArray();
  }

  /** Values at a step, by their tags. */
  static byte[] scalars(double seconds, long step, Map<String, Double> values) {
    Event summary = new Event();
    values.forEach((tag, value) -> summary.bytes(1, scalar(tag, value)));
    Event event = at(seconds, step);
    event.bytes(SUMMARY, summary.out.toByteArray());
    return event.out.toByteArray();
  }

  private static byte[] scalar(String tag, double value) {
    Event scalar = new Event();
    scalar.bytes(1, tag.getBytes(StandardCharsets.UTF_8));
    scalar.fixed(2, FLOAT, Float.floatToIntBits((float) value), Float.BYTES);
    return scalar.out.toByteArray();
  }

  /** Little-endian. */
  private void fixed(int field, int type, long bits, int bytes) {
    varint((field << 3) | type);
    for (int i = 0; i < bytes; i++) {
      out.write((int) (bits >>> (8 * i)));
    }
  }

  private void bytes(int field, byte[] value) {
    varint((field << 3) | BYTES);
    varint(value.length);
    out.writeBytes(value);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
