package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, ''", "UTF-16BE, ''", "UTF-16LE, \uFEFF", "UTF-16BE, \uFEFF",
    "UTF-32LE, ''", "UTF-32BE, ''", "UTF-32LE, \uFEFF", "UTF-32BE, \uFEFF"
  })
  void widerCharactersAreRefusedByWhatTheyAre(String charset, String mark) throws IOException {
    for (String text : List.of("a\tb\nc\n", "\u65e5\u672c\n", "{}")) {
      if (mark.isEmpty() && text.startsWith("\u65e5")) {
        continue; // its first line has no zeros: it is told as "not UTF-8"
      }
      Path path = folder.resolve("wide");
      Files.write(path, (mark + text).getBytes(Charset.forName(charset)));
      TextFile file = new TextFile(path);
      assertThatThrownBy(file::text).hasMessageContaining(": found UTF-16, UTF-32 or zero bytes;");
      assertThatThrownBy(file::lines).hasMessageContaining(": found UTF-16, UTF-32 or zero bytes;");
      assertThatThrownBy(file::firstRow).hasMessageContaining("allowed UTF-8: save it as that");
    }
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
