package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** Of "abc", the example of FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder = Path.of("");

  @Test
  void textsBytesAndFilesHaveOneHash() throws IOException {
    Path first = Files.writeString(folder.resolve("first"), "ab");
    Path second = Files.writeString(folder.resolve("second"), "c");
    assertThat(Sha256.of("abc")).isEqualTo(ABC);
    assertThat(Sha256.of(bytes("abc"))).isEqualTo(ABC);
    assertThat(Sha256.of(List.of(first, second))).isEqualTo(ABC);
    assertThat(HexFormat.of().formatHex(Sha256.bytes("abc"))).isEqualTo(ABC);
  }

  @Test
  void partsStandBehindTheirLengths() {
    String expected = Sha256.of("\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\1c");
    assertThat(Sha256.ofParts(List.of(bytes("ab"), bytes("c")))).isEqualTo(expected);
    assertThat(Sha256.ofParts(List.of(bytes("a"), bytes("bc")))).isNotEqualTo(expected);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
