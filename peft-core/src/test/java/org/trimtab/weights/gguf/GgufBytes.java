package org.trimtab.weights.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Makes small GGUF files, whole ones and such with a fault. */
public final class GgufBytes {
  private static final int ROOM = 1 << 20;
  private final List<Consumer<ByteBuffer>> keys = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private int version = 3;
  private int alignment = 32;
  private long moreKeys;
  private long moreTensors;

  private record Entry(String name, int type, byte[] data, long[] axes, long moved) {}

  public GgufBytes version(int other) {
    version = other;
    return this;
  }

  /** Announces so many more keys and tensors than there are. */
  public GgufBytes announcing(long keysMore, long tensorsMore) {
    moreKeys = keysMore;
    moreTensors = tensorsMore;
    return this;
  }

  public GgufBytes aligned(int other) {
    alignment = other;
    return number("general.alignment", other);
  }

  public GgufBytes text(String key, String value) {
    return key(
        key,
        8,
        out -> {
          byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
          out.putLong(utf8.length).put(utf8);
        });
  }

  public GgufBytes number(String key, int value) {
    return key(key, 4, out -> out.putInt(value));
  }

  public GgufBytes fraction(String key, float value) {
    return key(key, 6, out -> out.putFloat(value));
  }

  public GgufBytes truth(String key, boolean value) {
    return key(key, 7, out -> out.put((byte) (value ? 1 : 0)));
  }

  /** A key of any type, by its number. */
  public GgufBytes key(String key, int type, Consumer<ByteBuffer> value) {
    keys.add(
        out -> {
          byte[] name = key.getBytes(StandardCharsets.UTF_8);
          out.putLong(name.length).put(name).putInt(type);
          value.accept(out);
        });
    return this;
  }

  /**
   * A tensor behind those that are there.
   *
   * @param axes as files have them, the width first
   */
  public GgufBytes tensor(String name, int type, byte[] data, long... axes) {
    entries.add(new Entry(name, type, data, axes, 0));
    return this;
  }

  /** As {@link #tensor}, its offset off by {@code bytes}. */
  public GgufBytes moved(long bytes, String name, byte[] data, long... axes) {
    entries.add(new Entry(name, 0, data, axes, bytes));
    return this;
  }

  public GgufBytes floats(String name, float[] values, long... axes) {
    return tensor(name, 0, bytes(values), axes);
  }

  static byte[] bytes(float... values) {
    ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return data.array();
  }

  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
    out.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(version);
    out.putLong(entries.size() + moreTensors).putLong(keys.size() + moreKeys);
    keys.forEach(key -> key.accept(out));
    long offset = 0;
    for (Entry entry : entries) {
      byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
      out.putLong(name.length).put(name).putInt(entry.axes().length);
      for (long axis : entry.axes()) {
        out.putLong(axis);
      }
      out.putInt(entry.type()).putLong(offset + entry.moved());
      offset = padded(offset + entry.data().length);
    }
    entries.forEach(entry -> out.position((int) padded(out.position())).put(entry.data()));
    return Arrays.copyOf(out.array(), out.position());
  }

  private long padded(long at) {
    return (at + alignment - 1) / alignment * alignment;
  }

  public Path write(Path file) {
    try {
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
