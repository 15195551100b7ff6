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

  @ParameterizedTest
  @ValueSource(strings = {"3d", "0x1p3", "NaN", "Infinity", "1e99"})
  void whatIsNoFiniteNumberIsToldAtItsLine(String number) throws IOException {
    WordVectorFile file = file("one 1 2\n\ntwo 1 " + number + "\n");
    assertThatThrownBy(() -> file.of("one"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("vectors:3: not a number: " + number);
  }
}
