package org.trimtab.methods.idpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.UserError;

class WordVectorFileTest {
  @TempDir Path folder = Path.of("");

  private WordVectorFile file(String text) throws IOException {
    return new WordVectorFile(Files.writeString(folder.resolve("vectors"), text));
  }

  @Test
  void aMarkBlankLinesAndWhiteSpaceOfWordsLoseNoWord() throws IOException {
    WordVectorFile file = file("\uFEFFone 1 2 \r\n\n \t\nat name 3 4\n\u3000 5 6\ntwo\t7\t8\n");
    assertThat(file.width()).isEqualTo(2);
    assertThat(file.of("one")).containsExactly(1, 2);
    assertThat(file.of("One two")).containsExactly(4, 5);
  }

  @Test
  void aWordsSecondVectorIsNamedAndNotTaken() throws IOException {
    WordVectorFile file = file("one 1 2\n\nat  name 3 4\none 5 6\ntwo\t7\t8\nat\tname 9 9\n");
    assertThat(file.warning().orElseThrow())
        .endsWith(
            "vectors: words with a second vector, which is not taken: 2; 'one' in line 4, first in"
                + " line 1");
    assertThat(file.of("one")).containsExactly(1, 2);
    assertThat(file("one 1 2\nOne 1 2\n").warning()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "one 1", "1"})
  void aLineOfTooFewNumbersIsToldAtItsLine(String line) throws IOException {
    WordVectorFile file = file("two 1 2\n" + line + "\n");
    String message = "vectors:2: found " + (line.split(" ").length - 1) + " numbers; allowed 2";
    assertThatThrownBy(() -> file.of("two")).hasMessageEndingWith(message);
    assertThatThrownBy(file::warning).hasMessageEndingWith(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3d", "0x1p3", "NaN", "Infinity", "1e99"})
  void whatIsNoFiniteNumberIsToldAtItsLine(String number) throws IOException {
    WordVectorFile file = file("one 1 2\n\ntwo 1 " + number + "\n");
    assertThatThrownBy(() -> file.of("one"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("vectors:3: not a number: " + number);
  }
}
