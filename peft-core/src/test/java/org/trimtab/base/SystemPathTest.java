package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemPathTest {
  @TempDir Path root = Path.of("");

  /** {@code here/link} leads to {@code there/deep}; {@code x} lies beside either. */
  @BeforeEach
  void link() throws IOException {
    root = root.toRealPath();
    Files.createDirectories(root.resolve("here/folder"));
    Files.createDirectories(root.resolve("there/deep/inner"));
    Files.writeString(root.resolve("here/x"), "here");
    Files.writeString(root.resolve("there/x"), "there");
    Files.createSymbolicLink(root.resolve("here/link"), root.resolve("there/deep"));
    Files.createSymbolicLink(root.resolve("here/again"), Path.of("link"));
  }

  @ParameterizedTest
  @CsvSource({
    "here/x, here/x",
    "here/./x, here/x",
    "here/folder/../x, here/x",
    "here/folder/.././folder/../x, here/x",
    "here/link/../x, here/link/../x",
    "here/again/../x, here/again/../x",
    "here/link/inner/../../x, here/link/../x",
    "here/link/../../here/x, here/link/../../here/x",
    "here/none/../x, here/none/../x",
    "here/x/../x, here/x/../x",
    "here/x/., here/x/."
  })
  void shortenedPathsOpenWhatTheyOpenedBefore(String path, String expected) throws IOException {
    Path whole = root.resolve(path);
    Path shortened = SystemPath.shortened(whole);
    assertThat(shortened.toString()).isEqualTo(root.resolve(expected).toString());
    assertThat(Files.exists(shortened)).isEqualTo(Files.exists(whole));
    if (Files.exists(whole)) {
      assertThat(Files.readString(shortened)).isEqualTo(Files.readString(whole));
    }
  }

  @Test
  void whatIsRelativeStaysSoAndTheRootHasNoParent() {
    assertThat(SystemPath.shortened(Path.of("../x"))).isEqualTo(Path.of("../x"));
    assertThat(SystemPath.shortened(Path.of("../../x"))).isEqualTo(Path.of("../../x"));
    assertThat(SystemPath.shortened(Path.of("src/.."))).isEqualTo(Path.of("."));
    assertThat(SystemPath.shortened(Path.of("./src"))).isEqualTo(Path.of("src"));
    assertThat(SystemPath.shortened(Path.of(""))).isEqualTo(Path.of("."));
    assertThat(SystemPath.shortened(Path.of("/../x"))).isEqualTo(Path.of("/x"));
    assertThat(SystemPath.shortened(Path.of("/"))).isEqualTo(Path.of("/"));
  }

  @Test
  void theRealPathIsOneHoweverItIsWritten() {
    Path real = root.resolve("there/x");
    assertThat(SystemPath.real(root.resolve("here/link/../x"))).isEqualTo(real);
    assertThat(SystemPath.real(root.resolve("here/again/inner/../../x"))).isEqualTo(real);
    assertThat(SystemPath.real(Path.of("none"))).isEqualTo(Path.of("none").toAbsolutePath());
  }
}
