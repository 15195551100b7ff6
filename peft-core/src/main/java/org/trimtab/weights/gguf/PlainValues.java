package org.trimtab.weights.gguf;

import java.nio.ByteBuffer;
import org.trimtab.tensor.HalfPrecision;

/** Values that aren't quantized: blocks of one. */
final class PlainValues {
  private PlainValues() {}

  static void f32(ByteBuffer in, int at, float[] out, int to) {
    out[to] = in.getFloat(at);
  }

  static void f16(ByteBuffer in, int at, float[] out, int to) {
    out[to] = HalfPrecision.fromF16(in.getShort(at));
  }

  static void bf16(ByteBuffer in, int at, float[] out, int to) {
    out[to] = HalfPrecision.fromBf16(in.getShort(at));
  }
}
