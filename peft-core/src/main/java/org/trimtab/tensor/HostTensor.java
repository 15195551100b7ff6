package org.trimtab.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A tensor's values in host memory or in a mapped file: row-major, little-endian. */
public final class HostTensor {
  private final DType type;
  private final long[] shape;
  private final ByteBuffer data;

  /** A view of {@code data}, which must hold exactly the tensor. */
  public HostTensor(DType type, long[] shape, ByteBuffer data) {
    this.type = type;
    this.shape = shape.clone();
    this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (data.remaining() != size() * type.bytes()) {
      throw new IllegalArgumentException(
          data.remaining() + " bytes for " + type + " of shape " + Arrays.toString(shape));
    }
  }

  public static HostTensor of(float[] values, long... shape) {
    ByteBuffer data = allocate(values.length * (long) Float.BYTES);
    data.asFloatBuffer().put(values);
    return new HostTensor(DType.F32, shape, data);
  }

  public static HostTensor of(double[] values, long... shape) {
    ByteBuffer data = allocate(values.length * (long) Double.BYTES);
    data.asDoubleBuffer().put(values);
    return new HostTensor(DType.F64, shape, data);
  }

  public static HostTensor of(byte[] values, long... shape) {
    return new HostTensor(DType.I8, shape, ByteBuffer.wrap(values));
  }

  public static HostTensor of(long[] values, long... shape) {
    ByteBuffer data = allocate(values.length * (long) Long.BYTES);
    data.asLongBuffer().put(values);
    return new HostTensor(DType.I64, shape, data);
  }

  public DType type() {
    return type;
  }

  public long[] shape() {
    return shape.clone();
  }

  /** The number of values. */
  public long size() {
    long size = 1;
    for (long axis : shape) {
      size = Math.multiplyExact(size, axis);
    }
    return size;
  }

  /** The bytes, little-endian, from the first to the last. */
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The values as floats: exact for F32, F16, BF16, and rounded for wider formats. */
  public float[] floats() {
    float[] values = new float[Math.toIntExact(size())];
    if (type == DType.F32) {
      data().asFloatBuffer().get(values);
      return values;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value(i);
    }
    return values;
  }

  /** The values as doubles: exact for every format but 64-bit integers. */
  public double[] doubles() {
    double[] values = new double[Math.toIntExact(size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i);
    }
    return values;
  }

  /** The values of an integer tensor. */
  public long[] longs() {
    long[] values = new long[Math.toIntExact(size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = type == DType.I64 ? data.getLong(i * Long.BYTES) : (long) value(i);
    }
    return values;
  }

  /** The same in memory of its own, for one whose file may go. */
  public HostTensor copied() {
    ByteBuffer copy = allocate(size() * type.bytes());
    return new HostTensor(type, shape, copy.put(data()).rewind());
  }

  /** Of {@code count} equal parts along the first axis the one at {@code index}, a view. */
  public HostTensor part(int index, int count) {
    if (shape[0] % count != 0) {
      throw new IllegalArgumentException(shape[0] + " rows have no " + count + " equal parts");
    }
    int bytes = Math.toIntExact(size() / count * type.bytes());
    long[] smaller = shape.clone();
    smaller[0] /= count;
    return new HostTensor(type, smaller, data().slice(index * bytes, bytes));
  }

  /**
   * The {@code parts}, of one type and shape but for the first axis, behind each other along it.
   */
  public static HostTensor joined(List<HostTensor> parts) {
    HostTensor first = parts.get(0);
    long[] whole = first.shape();
    whole[0] = parts.stream().mapToLong(part -> part.shape[0]).sum();
    long bytes = parts.stream().mapToLong(part -> part.size() * part.type.bytes()).sum();
    ByteBuffer data = allocate(bytes);
    parts.forEach(part -> data.put(part.data()));
    return new HostTensor(first.type, whole, data.rewind());
  }

  /** The matrix (m, n) as (n, m), a copy. */
  public HostTensor transposed() {
    int rows = Math.toIntExact(shape[0]);
    int columns = Math.toIntExact(shape[1]);
    int bytes = type.bytes();
    ByteBuffer from = data();
    ByteBuffer to = allocate(size() * bytes);
    if (bytes == Integer.BYTES) {
      to.asIntBuffer().put(transposed(from, rows, columns));
      return new HostTensor(type, new long[] {columns, rows}, to);
    }
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        int at = (row * columns + column) * bytes;
        switch (bytes) {
          case Byte.BYTES -> to.put(from.get(at));
          case Short.BYTES -> to.putShort(from.getShort(at));
          default -> to.putLong(from.getLong(at));
        }
      }
    }
    return new HostTensor(type, new long[] {columns, rows}, to.rewind());
  }

  /** By arrays, as a start waits for every large matrix. */
  private static int[] transposed(ByteBuffer matrix, int rows, int columns) {
    int[] from = new int[rows * columns];
    matrix.asIntBuffer().get(from);
    int[] to = new int[from.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0, at = row; column < columns; column++, at += rows) {
        to[at] = from[row * columns + column];
      }
    }
    return to;
  }

  /** The same values, rounded to nearest even, in {@code narrow}: F16 or BF16. */
  public HostTensor rounded(DType narrow) {
    ByteBuffer rounded = allocate(size() * narrow.bytes());
    for (float value : floats()) {
      rounded.putShort(
          narrow == DType.F16 ? HalfPrecision.toF16(value) : HalfPrecision.toBf16(value));
    }
    return new HostTensor(narrow, shape, rounded.rewind());
  }

  private double value(int i) {
    return switch (type) {
      case F32 -> data.getFloat(i * 4);
      case F64 -> data.getDouble(i * 8);
      case F16 -> HalfPrecision.fromF16(data.getShort(i * 2));
      case BF16 -> HalfPrecision.fromBf16(data.getShort(i * 2));
      case I64, U64 -> data.getLong(i * 8);
      case I32 -> data.getInt(i * 4);
      case U32 -> Integer.toUnsignedLong(data.getInt(i * 4));
      case I16 -> data.getShort(i * 2);
      case U16 -> Short.toUnsignedInt(data.getShort(i * 2));
      case I8 -> data.get(i);
      case U8, BOOL -> Byte.toUnsignedInt(data.get(i));
      case F8_E5M2 -> HalfPrecision.fromF16((short) (data.get(i) << 8));
      case F8_E4M3 -> fromE4m3(data.get(i));
    };
  }

  /** No infinities; all ones but the sign is NaN (Micikevicius et al., 2022). */
  private static double fromE4m3(byte bits) {
    int exponent = (bits >>> 3) & 0xf;
    int fraction = bits & 7;
    if ((bits & 0x7f) == 0x7f) {
      return Double.NaN;
    }
    double magnitude =
        exponent == 0 ? fraction * 0x1p-9 : (8 + fraction) * Math.pow(2, exponent - 10);
    return bits < 0 ? -magnitude : magnitude;
  }

  private static ByteBuffer allocate(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
