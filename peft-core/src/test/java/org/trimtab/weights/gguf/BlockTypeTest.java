package org.trimtab.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A block of each type, its values worked out by hand. */
class BlockTypeTest {
  private static final short HALF = 0x3800; // 0.5 as F16
  private static final short QUARTER = 0x3400;
  private static final short MINUS_TWO = (short) 0xc000;

  private static float[] decoded(BlockType type, ByteBuffer block) {
    assertThat(block.position()).isEqualTo(type.blockBytes());
    float[] values = new float[type.blockValues() + 1];
    type.decoder().decode(block, 0, values, 1);
    assertThat(values[0]).isZero();
    return java.util.Arrays.copyOfRange(values, 1, values.length);
  }

  private static ByteBuffer block(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void repeat(int count, java.util.function.IntConsumer put) {
    IntStream.range(0, count).forEach(put);
  }

  @Test
  void plainNumbers() {
    assertThat(decoded(BlockType.F32, block(4).putFloat(1.5f))).containsExactly(1.5f);
    assertThat(decoded(BlockType.F16, block(2).putShort(MINUS_TWO))).containsExactly(-2);
    assertThat(decoded(BlockType.BF16, block(2).putShort((short) 0x3fc0))).containsExactly(1.5f);
  }

  @Test
  void fourBitsAroundZero() {
    ByteBuffer block = block(18).putShort(HALF);
    repeat(16, i -> block.put((byte) (i | ((15 - i) << 4))));
    float[] values = decoded(BlockType.Q4_0, block);
    repeat(
        16,
        i -> {
          assertThat(values[i]).isEqualTo(0.5f * (i - 8));
          assertThat(values[16 + i]).isEqualTo(0.5f * (7 - i));
        });
  }

  @Test
  void fourBitsAboveALeastValue() {
    ByteBuffer block = block(20).putShort(QUARTER).putShort(MINUS_TWO);
    repeat(16, i -> block.put((byte) (i | ((15 - i) << 4))));
    float[] values = decoded(BlockType.Q4_1, block);
    repeat(
        16,
        i -> {
          assertThat(values[i]).isEqualTo(0.25f * i - 2);
          assertThat(values[16 + i]).isEqualTo(0.25f * (15 - i) - 2);
        });
  }

  @Test
  void eightBits() {
    ByteBuffer block = block(34).putShort(MINUS_TWO);
    repeat(32, i -> block.put((byte) (i * 8 - 128)));
    float[] values = decoded(BlockType.Q8_0, block);
    repeat(32, i -> assertThat(values[i]).isEqualTo(-2f * (i * 8 - 128)));
  }

  /**
   * Scales 1, 2, 3, 4, 21, 38, 55, 63 and minima 5, 6, 7, 8, 25, 42, 59, 16. Of the last four the
   * low 4 bits stand in bytes 8 to 11, the high 2 in bytes 0 to 3 (scales) and 4 to 7 (minima): 21
   * = 1 16 + 5, 38 = 2 16 + 6, 55 = 3 16 + 7, 63 = 3 16 + 15; 25 = 1 16 + 9, 42 = 2 16 + 10, 59 = 3
   * 16 + 11, 16 = 1 16 + 0.
   */
  @Test
  void superBlocksOfFourBits() {
    int[] scales = {1, 2, 3, 4, 21, 38, 55, 63};
    int[] minima = {5, 6, 7, 8, 25, 42, 59, 16};
    ByteBuffer block = block(144).putShort(HALF).putShort(QUARTER);
    block.put(new byte[] {0x41, (byte) 0x82, (byte) 0xc3, (byte) 0xc4});
    block.put(new byte[] {0x45, (byte) 0x86, (byte) 0xc7, 0x48});
    block.put(new byte[] {(byte) 0x95, (byte) 0xa6, (byte) 0xb7, 0x0f});
    repeat(128, i -> block.put((byte) (i % 16 | ((15 - i / 8) << 4))));
    float[] values = decoded(BlockType.Q4_K, block);
    repeat(
        256,
        i -> {
          int part = i / 32;
          int at = part / 2 * 32 + i % 32; // which of the 128 bytes
          int bits = part % 2 == 0 ? at % 16 : 15 - at / 8;
          float value = 0.5f * scales[part] * bits - 0.25f * minima[part];
          assertThat(values[i]).isEqualTo(value);
        });
  }

  /** A value whose bits stand in five places of the block, others 0, so that each is -32. */
  @Test
  void superBlocksOfSixBits() {
    ByteBuffer block = block(210);
    block.put(5, (byte) 0x07); // low bits of values 5 and 69
    block.put(64 + 32 + 31, (byte) 0xf0); // of values 128 + 63 and 128 + 127
    block.put(128 + 5, (byte) 0b11_00_10_01); // high bits of values 5, 37, 69, 101
    block.put(128 + 32 + 31, (byte) 0b01_00_00_00); // of value 128 + 127
    repeat(16, i -> block.put(192 + i, (byte) (i - 8)));
    block.putShort(208, HALF).position(210);
    float[] values = decoded(BlockType.Q6_K, block);
    repeat(
        256,
        i -> {
          int bits =
              switch (i) {
                case 5 -> 16 + 7;
                case 37 -> 2 * 16;
                case 101 -> 3 * 16;
                case 128 + 127 -> 16 + 15;
                default -> 0;
              };
          assertThat(values[i]).isEqualTo(0.5f * (i / 16 - 8) * (bits - 32));
        });
  }

  @Test
  void typesAreToldByName() {
    assertThat(BlockType.told(6)).isEqualTo("Q5_0");
    assertThat(BlockType.told(13)).isEqualTo("Q5_K");
    assertThat(BlockType.told(30)).isEqualTo("BF16");
    assertThat(BlockType.told(39)).isEqualTo("MXFP4");
    assertThat(BlockType.told(4)).isEqualTo("number 4");
    assertThat(BlockType.told(4_000_000_000L)).isEqualTo("number 4000000000");
    assertThat(BlockType.of(2)).contains(BlockType.Q4_0);
    assertThat(BlockType.of(13)).isEmpty();
  }
}
