package org.trimtab.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.tensor.DType;

class GgufFileTest {
  @TempDir Path folder;

  private GgufFile open(GgufBytes bytes) {
    return GgufFile.open(bytes.write(folder.resolve("x.gguf")));
  }

  @Test
  void metadataOfAllTypes() {
    GgufBytes bytes =
        new GgufBytes()
            .key("u8", 0, out -> out.put((byte) 200))
            .key("i8", 1, out -> out.put((byte) -2))
            .key("u16", 2, out -> out.putShort((short) 60_000))
            .key("i16", 3, out -> out.putShort((short) -3))
            .key("u32", 4, out -> out.putInt((int) 4_000_000_000L))
            .key("i32", 5, out -> out.putInt(-4))
            .fraction("f32", 0.5f)
            .truth("bool", true)
            .text("text", "naïve")
            .key("u64", 10, out -> out.putLong(-1))
            .key("i64", 11, out -> out.putLong(-5))
            .key("f64", 12, out -> out.putDouble(0.1));
    try (GgufFile file = open(bytes)) {
      List<Object> values =
          file.metadata().keys().stream().map(k -> file.metadata().get(k).orElseThrow()).toList();
      BigInteger largest = new BigInteger("18446744073709551615");
      assertThat(values)
          .containsExactly(
              200L, -2L, 60_000L, -3L, 4_000_000_000L, -4L, 0.5, true, "naïve", largest, -5L, 0.1);
    }
  }

  @Test
  void arraysAreReadWhenTheyAreAskedFor() {
    GgufBytes bytes =
        new GgufBytes()
            .key(
                "numbers",
                9,
                out -> out.putInt(3).putLong(2).putShort((short) 7).putShort((short) -7))
            .key("texts", 9, out -> put(out.putInt(8).putLong(2), "a", "bc"))
            .key("nested", 9, out -> out.putInt(9).putLong(1).putInt(0).putLong(1).put((byte) 9))
            .key("no text", 9, out -> out.putInt(8).putLong(1).putLong(1).put((byte) 0xff))
            .number("behind", 1);
    try (GgufFile file = open(bytes)) {
      assertThat(array(file, "numbers").values()).containsExactly(7L, -7L);
      assertThat(array(file, "texts").values()).containsExactly("a", "bc");
      assertThat(((GgufArray) array(file, "nested").values().get(0)).values()).containsExactly(9L);
      assertThat(array(file, "texts")).hasToString("2 of STRING");
      assertThat(file.metadata().whole("behind")).isEqualTo(1);
      GgufArray broken = array(file, "no text");
      assertThatThrownBy(broken::values)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("x.gguf: an array: a text that is not UTF-8");
    }
  }

  private static void put(java.nio.ByteBuffer out, String... texts) {
    for (String text : texts) {
      out.putLong(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static GgufArray array(GgufFile file, String key) {
    return (GgufArray) file.metadata().get(key).orElseThrow();
  }

  @Test
  void axesAreReversedAndTensorsAligned() {
    GgufBytes bytes =
        new GgufBytes()
            .version(2)
            .aligned(64)
            .floats("a", new float[] {1, 2, 3, 4, 5, 6}, 3, 2)
            .tensor("b", 30, new byte[] {(byte) 0xc0, 0x3f}, 1)
            .floats("c", new float[] {7}, 1, 1, 1, 1);
    try (GgufFile file = open(bytes)) {
      assertThat(file.names()).containsExactly("a", "b", "c");
      assertThat(file.tensor("a").shape()).containsExactly(2, 3);
      assertThat(file.tensor("a").floats()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(file.tensor("b").type()).isEqualTo(DType.BF16);
      assertThat(file.tensor("b").floats()).containsExactly(1.5f);
      assertThat(file.tensor("c").shape()).containsExactly(1, 1, 1, 1);
    }
  }

  @Test
  void quantizedRowsBecomeNumbers() {
    byte[] blocks = new byte[2 * 34];
    blocks[1] = 0x3c; // 1 as F16
    blocks[2 + 31] = -5;
    blocks[34 + 1] = 0x40; // 2
    blocks[34 + 2] = 100;
    try (GgufFile file = open(new GgufBytes().tensor("a", 8, blocks, 32, 2))) {
      float[] values = file.tensor("a").floats();
      assertThat(file.tensor("a").shape()).containsExactly(2, 32);
      assertThat(values[31]).isEqualTo(-5);
      assertThat(values[32]).isEqualTo(200);
      assertThat(values[63]).isZero();
    }
  }

  /** Of a head of four rows llama.cpp has the first and the third one first. */
  @Test
  void interleavedRowsAreLaidBackInHalves() {
    float[] rows = {0, 0, 2, 2, 1, 1, 3, 3, 4, 4, 6, 6, 5, 5, 7, 7};
    float[] bias = {0, 2, 1, 3, 4, 6, 5, 7};
    GgufBytes bytes = new GgufBytes().floats("a", rows, 2, 8).floats("b", bias, 8);
    try (GgufFile file = open(bytes)) {
      assertThat(file.halved("a", 2).floats())
          .containsExactly(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
      assertThat(file.halved("b", 2).floats()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
      assertThat(file.halved("b", 2).shape()).containsExactly(8);
      assertThat(file.halved("b", 4).floats()).containsExactly(bias);
      assertThatThrownBy(() -> file.halved("b", 3))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("tensor 'b' has 8 rows, which are no even number for 3 heads");
    }
  }
}
