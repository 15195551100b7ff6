package org.trimtab.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;

/** Files with one fault each: refused in a line that names the file. */
class BrokenGgufTest {
  private static final float[] ONE = {1};
  private static final long HUGE = 1L << 60;
  @TempDir Path folder;

  private static Map<String, GgufBytes> faults() {
    Map<String, GgufBytes> faults = new LinkedHashMap<>();
    faults.put("GGUF of version 1; allowed versions 2 and 3", new GgufBytes().version(1));
    faults.put("GGUF of big-endian machines", new GgufBytes().version(0x03000000));
    faults.put("GGUF of version 4", new GgufBytes().version(4));
    faults.put("the key 'a' stands twice", new GgufBytes().number("a", 1).number("a", 1));
    faults.put("tensor 'a' stands twice", new GgufBytes().floats("a", ONE, 1).floats("a", ONE, 1));
    faults.put(
        "number of metadata: truncated, or a broken count", new GgufBytes().announcing(HUGE, 0));
    faults.put(
        "number of tensors: truncated, or a broken count", new GgufBytes().announcing(0, HUGE));
    faults.put("found 18446744073709551615 with", new GgufBytes().announcing(-1, 0));
    faults.put("the key of metadata 1", new GgufBytes().text("a", "long enough").announcing(1, 0));
    faults.put("a: unknown type of metadata; found 13", new GgufBytes().key("a", 13, out -> {}));
    faults.put("found the truth value 2", new GgufBytes().key("a", 7, out -> out.put((byte) 2)));
    faults.put("a: truncated, or a broken count: found 1152921504606846976", array(4, HUGE));
    faults.put("deeper than 4", nested());
    faults.put("a: a text that is not UTF-8", noText());
    faults.put("general.alignment: found 12; allowed a multiple of 8", new GgufBytes().aligned(12));
    faults.put("general.alignment: found 0", new GgufBytes().number("general.alignment", 0));
    faults.put(
        "tensor 'a' has the type Q5_0; allowed F32, F16, Q4_0, Q4_1, Q8_0, Q4_K, Q6_K, BF16",
        new GgufBytes().tensor("a", 6, new byte[22], 32));
    faults.put("has the type number 77", new GgufBytes().tensor("a", 77, new byte[22], 32));
    faults.put("has 5 axes; allowed 1 to 4", new GgufBytes().floats("a", ONE, 1, 1, 1, 1, 1));
    faults.put("has 0 axes", new GgufBytes().floats("a", ONE));
    faults.put("has an axis of 0", new GgufBytes().floats("a", ONE, 1, 0));
    faults.put(
        "rows of 33 values; allowed multiples of 32, a block of Q8_0",
        new GgufBytes().tensor("a", 8, new byte[68], 33));
    faults.put("overflows 64 bits", new GgufBytes().floats("a", ONE, 1L << 40, 1L << 40));
    faults.put("'a' lies outside the file", new GgufBytes().floats("a", ONE, 9));
    faults.put("lies outside the file, which", new GgufBytes().floats("a", ONE, 1L << 58));
    faults.put("4 bytes from 64 on, of 4", new GgufBytes().moved(64, "a", new byte[4], 1));
    faults.put("18446744073709551584 on", new GgufBytes().moved(-32, "a", new byte[4], 1));
    faults.put(
        "allowed multiples of the alignment", new GgufBytes().moved(4, "a", new byte[40], 1));
    faults.put(
        "tensor 'b' overlaps the one before it",
        new GgufBytes().floats("a", ONE, 1).moved(-32, "b", new byte[4], 1));
    return faults;
  }

  private static GgufBytes array(int type, long count) {
    return new GgufBytes().key("a", 9, out -> out.putInt(type).putLong(count));
  }

  private static GgufBytes nested() {
    return new GgufBytes()
        .key(
            "a",
            9,
            out -> {
              for (int i = 0; i < 1000; i++) {
                out.putInt(9).putLong(1);
              }
              out.putInt(0).putLong(0);
            });
  }

  private static GgufBytes noText() {
    return new GgufBytes().key("a", 8, out -> out.putLong(1).put((byte) 0xff));
  }

  @TestFactory
  Stream<DynamicTest> faultsAreTold() {
    return faults().entrySet().stream()
        .map(fault -> DynamicTest.dynamicTest(fault.getKey(), () -> refused(fault)));
  }

  private void refused(Map.Entry<String, GgufBytes> fault) {
    Path file = fault.getValue().write(folder.resolve("x.gguf"));
    assertThatThrownBy(() -> GgufFile.open(file).close())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(fault.getKey())
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void filesThatAreNone() throws IOException {
    refusedAs("x.gguf: truncated: the file ends within the first bytes", new byte[0]);
    refusedAs("no GGUF file", new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
    refusedAs("ends within the version", new byte[] {'G', 'G', 'U', 'F', 3});
    assertThatThrownBy(() -> GgufFile.open(folder.resolve("none.gguf")).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> GgufFile.open(folder).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a folder, not a GGUF file");
  }

  private void refusedAs(String words, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.gguf"), bytes);
    assertThatThrownBy(() -> GgufFile.open(file).close())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(words);
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    byte[] whole =
        new GgufBytes().text("a", "b").floats("c", ONE, 1).floats("d", new float[9], 3, 3).bytes();
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("x.gguf"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> GgufFile.open(file).close())
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + ": ");
    }
    try (GgufFile file = GgufFile.open(Files.write(folder.resolve("x.gguf"), whole))) {
      assertThat(file.names()).containsExactly("c", "d");
    }
  }
}
