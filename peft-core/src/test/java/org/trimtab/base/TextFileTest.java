package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir Path folder = Path.of("");

  private TextFile file(String text) throws IOException {
    return new TextFile(Files.writeString(folder.resolve("file.txt"), text));
  }

  @Test
  void linesEndWithALineFeedThatACarriageReturnMayPrecede() throws IOException {
    assertThat(file("a\r\n\nb\rc\nd").lines()).containsExactly("a", "", "b\rc", "d");
    assertThat(file("a\n").lines()).containsExactly("a");
    assertThat(file("").lines()).isEmpty();
    assertThat(file("").firstRow()).isEmpty();
    assertThat(file("é\r\nb").firstRow()).contains("é");
  }

  @Test
  void aByteOrderMarkIsPassedOverAtTheBeginningAlone() throws IOException {
    TextFile marked = file("\uFEFFa\n\uFEFFb");
    assertThat(marked.text()).isEqualTo("a\n\uFEFFb");
    assertThat(marked.lines()).containsExactly("a", "\uFEFFb");
    assertThat(marked.firstRow()).contains("a");
  }

  @Test
  void blankLinesAreNoRowsAndKeepTheirNumbers() throws IOException {
    List<String> rows = new ArrayList<>();
    TextFile file = file("\uFEFF\n \t\r\na\n\n b\n\u3000\n");
    file.forEachRow((line, number) -> rows.add(number + line));
    assertThat(rows).containsExactly("3a", "5 b");
    assertThat(file.firstRow()).contains("a");
    assertThat(file(" \n\n").firstRow()).isEmpty();
  }

  @Test
  void aTextKeepsItsLineEnds() throws IOException {
    assertThat(file("a\r\nb\n").text()).isEqualTo("a\r\nb\n");
  }

  @Test
  void linesMayBeLongerThanTheBufferAndCarryTheirNumbers() throws IOException {
    String longer = "é".repeat(100_000);
    List<String> lines = new ArrayList<>();
    file("a\n" + longer + "\nb\n").forEachLine((line, number) -> lines.add(number + line));
    assertThat(lines).containsExactly("1a", "2" + longer, "3b");
  }

  @Test
  void whatIsNotUtf8IsToldWithItsLine() throws IOException {
    byte[] bytes = "a\nb\n\u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
    Path path = Files.write(folder.resolve("file.txt"), bytes);
    TextFile file = new TextFile(path);
    refused(file::text, path + ":3: not UTF-8");
    refused(file::lines, path + ":3: not UTF-8");
    Files.write(path, new byte[] {'a', '\n', (byte) 0xc3});
    refused(file::text, path + ":2: not UTF-8");
  }

  @Test
  void aMissingFileAndAFolderAreTold() {
    Path missing = folder.resolve("none.txt");
    refused(new TextFile(missing)::text, missing + ": there is no such file");
    refused(new TextFile(missing)::lines, missing + ": there is no such file");
    refused(new TextFile(folder)::text, folder + ": can't be read: Is a directory");
    refused(new TextFile(folder)::lines, folder + ": can't be read: Is a directory");
  }

  private static void refused(Runnable read, String message) {
    assertThatThrownBy(read::run).isInstanceOf(UserError.class).hasMessage(message);
  }
}
