package org.trimtab.tensor;

/** IEEE binary16 and bfloat16, to and from float; narrowing rounds to nearest even. */
public final class HalfPrecision {
  private HalfPrecision() {}

  public static float fromBf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  public static short toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  public static float fromF16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) { // zero and subnormals: fraction times 2^-24
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }

  public static short toF16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520f) { // rounds past the largest finite value, 65504
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) { // Math.rint rounds half to even
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    int rounded = bits & 0x7fffffff;
    rounded += 0xfff + ((rounded >>> 13) & 1);
    return (short) (sign | ((rounded >>> 13) - (112 << 10)));
  }
}
