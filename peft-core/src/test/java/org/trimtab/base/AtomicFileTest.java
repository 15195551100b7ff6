package org.trimtab.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aFullDiskLosesNothingThatWasThere() throws IOException {
    Path file = Files.writeString(folder.resolve("checkpoint"), "whole");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    channel -> {
                      AtomicFile.writeFully(channel, ByteBuffer.wrap(new byte[100]));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": can't be written: No space left on device");
    assertThat(file).hasContent("whole");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whatIsNoFileStays() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty")); // which a rename may replace
    assertThatThrownBy(() -> AtomicFile.writeText(empty, "y"))
        .isInstanceOf(UserError.class)
        .hasMessage(empty + ": found a folder; allowed a file");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsAFileIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> AtomicFile.writeText(file.resolve("x"), "y"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("can't be written");
  }
}
