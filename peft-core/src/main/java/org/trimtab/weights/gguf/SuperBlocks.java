package org.trimtab.weights.gguf;

import java.nio.ByteBuffer;
import org.trimtab.tensor.HalfPrecision;

/** Blocks of 256 values with one scale d, and scales of their own for each part of 16 or 32. */
final class SuperBlocks {
  private SuperBlocks() {}

  /**
   * d s q - m' m: d and m' as F16, 12 bytes with 8 scales s and 8 minima m of 6 bits, 128 bytes of
   * q. Of each 64 values 32 bytes hold the first half in their low bits, the second one in their
   * high ones.
   */
  static void q4k(ByteBuffer in, int at, float[] out, int to) {
    float scale = HalfPrecision.fromF16(in.getShort(at));
    float least = HalfPrecision.fromF16(in.getShort(at + 2));
    for (int part = 0; part < 8; part++) {
      float own = scale * scale4k(in, at + 4, part);
      float below = least * minimum4k(in, at + 4, part);
      int from = at + 16 + part / 2 * 32;
      int shift = part % 2 * 4;
      for (int i = 0; i < 32; i++) {
        out[to + part * 32 + i] = own * ((in.get(from + i) >>> shift) & 0xf) - below;
      }
    }
  }

  /** The first four stand in the low bits of bytes 0 to 3; the others' high bits above those. */
  private static int scale4k(ByteBuffer in, int at, int part) {
    return part < 4
        ? in.get(at + part) & 0x3f
        : (in.get(at + part + 4) & 0xf) | ((in.get(at + part - 4) & 0xc0) >>> 2);
  }

  /** The first four stand in the low bits of bytes 4 to 7; the others' high bits above those. */
  private static int minimum4k(ByteBuffer in, int at, int part) {
    return part < 4
        ? in.get(at + part + 4) & 0x3f
        : ((in.get(at + part + 4) >>> 4) & 0xf) | ((in.get(at + part) & 0xc0) >>> 2);
  }

  /**
   * d s (q - 32): 128 bytes with the low 4 bits of q, 64 with its high 2 bits, 16 scales s, signed,
   * d as F16. Of each 128 values, value i + 32 k has its low bits in byte i + 32 (k mod 2), low
   * half first, and its high bits in byte i, 2 bits for each k.
   */
  static void q6k(ByteBuffer in, int at, float[] out, int to) {
    float scale = HalfPrecision.fromF16(in.getShort(at + 208));
    for (int part = 0; part < 16; part++) {
      float own = scale * in.get(at + 192 + part);
      int quarter = part % 8 / 2; // k
      int first = part % 2 * 16; // i of the part's first value
      int low = at + part / 8 * 64 + quarter % 2 * 32 + first;
      int high = at + 128 + part / 8 * 32 + first;
      for (int i = 0; i < 16; i++) {
        int bits =
            ((in.get(low + i) >>> (quarter / 2 * 4)) & 0xf)
                | (((in.get(high + i) >>> (quarter * 2)) & 3) << 4);
        out[to + part * 16 + i] = own * (bits - 32);
      }
    }
  }
}
