package org.trimtab.weights.gguf;

import java.nio.ByteBuffer;
import org.trimtab.tensor.HalfPrecision;

/**
 * Blocks of 32 values with one scale d. Of 4 bits, a byte holds value i in its low half and value i
 * + 16 in its high one.
 */
final class LegacyBlocks {
  private static final int HALF = 16;

  private LegacyBlocks() {}

  /** d (q - 8): d as F16, 16 bytes of q. */
  static void q40(ByteBuffer in, int at, float[] out, int to) {
    float scale = f16(in, at);
    for (int i = 0; i < HALF; i++) {
      int pair = in.get(at + 2 + i);
      out[to + i] = scale * ((pair & 0xf) - 8);
      out[to + HALF + i] = scale * (((pair >>> 4) & 0xf) - 8);
    }
  }

  /** d q + m: d and m as F16, 16 bytes of q. */
  static void q41(ByteBuffer in, int at, float[] out, int to) {
    float scale = f16(in, at);
    float least = f16(in, at + 2);
    for (int i = 0; i < HALF; i++) {
      int pair = in.get(at + 4 + i);
      out[to + i] = scale * (pair & 0xf) + least;
      out[to + HALF + i] = scale * ((pair >>> 4) & 0xf) + least;
    }
  }

  /** d q: d as F16, 32 bytes of q, signed. */
  static void q80(ByteBuffer in, int at, float[] out, int to) {
    float scale = f16(in, at);
    for (int i = 0; i < 2 * HALF; i++) {
      out[to + i] = scale * in.get(at + 2 + i);
    }
  }

  private static float f16(ByteBuffer in, int at) {
    return HalfPrecision.fromF16(in.getShort(at));
  }
}
