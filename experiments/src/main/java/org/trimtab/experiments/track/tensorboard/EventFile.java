package org.trimtab.experiments.track.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.trimtab.base.FileErrors;

/** A file of TFRecords: each a length and bytes, both with a masked CRC-32C. */
final class EventFile implements AutoCloseable {
  private static final int MASK = 0xa282ead8;
  private final Path path;
  private final FileChannel channel;

  private EventFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * A new file in {@code folder}, named so that TensorBoard reads it after those that are there.
   */
  static EventFile create(Path folder, long seconds) {
    try {
      Files.createDirectories(folder);
      long before;
      try (Stream<Path> files = Files.list(folder)) {
        before = files.count();
      }
      Path path =
          folder.resolve(
              String.format(Locale.ROOT, "events.out.tfevents.%010d.%04d", seconds, before));
      return new EventFile(
          path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
  }

  /** Adds one event; it is there for other processes at once. */
  void add(byte[] event) {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(event.length)
            .array();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + event.length + 2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(length)
            .putInt(maskedCrc(length))
            .put(event)
            .putInt(maskedCrc(event))
            .flip();
    try {
      while (record.hasRemaining()) {
        channel.write(record);
      }
    } catch (IOException e) {
      throw FileErrors.unwritable(path, e);
    }
  }

  static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileErrors.unwritable(path, e);
    }
  }
}
