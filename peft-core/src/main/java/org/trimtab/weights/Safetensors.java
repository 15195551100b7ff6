package org.trimtab.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/** A safetensors file, each tensor mapped into memory when it is asked for. */
public final class Safetensors implements WeightSource {
  private static final long MAX_HEADER = 100_000_000;
  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final SafetensorsHeader header;

  private Safetensors(Path path, FileChannel channel, long dataStart, SafetensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.dataStart = dataStart;
    this.header = header;
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws UserError if it is missing or malformed
   */
  public static Safetensors open(Path path) {
    if (Files.isDirectory(path)) {
      throw new UserError(path + ": a folder, not a safetensors file");
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return read(path, channel);
      } catch (RuntimeException | IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  private static Safetensors read(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new UserError(path + ": too short to hold a header: " + size + " bytes");
    }
    long length = bytes(channel, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > MAX_HEADER) {
      throw new UserError(
          path
              + ": no safetensors file: the header's length is "
              + Long.toUnsignedString(length)
              + " bytes; allowed up to "
              + MAX_HEADER);
    }
    if (length > size - Long.BYTES) {
      throw new UserError(
          path + ": the header's length is " + length + " bytes, longer than the file");
    }
    String text = utf8(bytes(channel, Long.BYTES, (int) length), path);
    long dataStart = Long.BYTES + length;
    SafetensorsHeader header = SafetensorsHeader.parse(text, size - dataStart, path.toString());
    return new Safetensors(path, channel, dataStart, header);
  }

  private static ByteBuffer bytes(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, from + buffer.position());
    }
    return buffer.flip();
  }

  private static String utf8(ByteBuffer bytes, Path path) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(path + ": the header is not UTF-8", e);
    }
  }

  @Override
  public String origin() {
    return path.toString();
  }

  @Override
  public List<String> names() {
    return List.copyOf(header.entries().keySet());
  }

  /** What the file says of itself. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public HostTensor tensor(String name) {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new UserError(path + ": has no tensor '" + name + "'");
    }
    long length = entry.end() - entry.begin();
    if (length > Integer.MAX_VALUE) {
      throw new UserError(path + ": tensor '" + name + "' is larger than 2 GiB");
    }
    try {
      ByteBuffer data = channel.map(MapMode.READ_ONLY, dataStart + entry.begin(), length);
      return new HostTensor(entry.type(), entry.shape(), data);
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(path + ": can't be closed", e);
    }
  }
}
