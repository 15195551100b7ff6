package org.trimtab.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Files that are there whole or not at all: written under another name, synced, then renamed. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes {@code file}, replacing what is there.
   *
   * @throws UserError if the folder can't be written, the disk is full, or a folder or a device
   *     stands there
   */
  public static void write(Path file, Content content) {
    requirePlace(file);
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      discard(temporary);
      throw FileErrors.unwritable(file, e);
    }
  }

  /** A rename would put a file into a device's place. */
  private static void requirePlace(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UserError(
          file
              + ": found "
              + (Files.isDirectory(file) ? "a folder" : "a device")
              + "; allowed a file");
    }
  }

  /** So that the new name outlives a power cut, where the system lets folders be synced. */
  private static void syncFolder(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows has no such thing.
    }
  }

  /** A part of a file, on a full disk, only takes room; what stood under the name is untouched. */
  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The first failure is the one to tell.
    }
  }

  /** Writes a text in UTF-8. */
  public static void writeText(Path file, String text) {
    write(file, channel -> writeFully(channel, StandardCharsets.UTF_8.encode(text)));
  }

  public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
