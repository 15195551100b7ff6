package org.trimtab.weights.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/**
 * A GGUF file of version 2 or 3, each tensor mapped into memory, and its blocks decoded, when it is
 * asked for.
 *
 * <p>Source: the GGUF specification of the ggml project.
 */
public final class GgufFile implements AutoCloseable {
  private static final long MAGIC = 0x46554747L; // "GGUF"
  private static final String ALIGNMENT = "general.alignment";
  private final Path path;
  private final FileChannel channel;
  private final GgufMetadata metadata;
  private final Map<String, GgufTensor> tensors;

  private GgufFile(
      Path path, FileChannel channel, GgufMetadata metadata, Map<String, GgufTensor> tensors) {
    this.path = path;
    this.channel = channel;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /**
   * Opens a file and checks all that it says before its data.
   *
   * @throws UserError if it is missing or malformed, or has a tensor of a type that isn't read
   */
  public static GgufFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new UserError(path + ": a folder, not a GGUF file");
    }
    try {
      FileChannel channel = FileChannel.open(path);
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

  private static GgufFile read(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, Math.min(size, Integer.MAX_VALUE));
    GgufCursor in = new GgufCursor(mapped, path.toString());
    requireVersion(in);
    int tensors = in.count("the number of tensors", TensorTable.SMALLEST);
    int keys = in.count("the number of metadata", Long.BYTES + Integer.BYTES + 1);
    GgufMetadata metadata = GgufMetadata.read(in, keys, path.toString());
    int alignment = metadata.positive(ALIGNMENT, 32);
    if (alignment % 8 != 0) {
      throw metadata.wrong(ALIGNMENT, "a multiple of 8");
    }
    return new GgufFile(
        path, channel, metadata, new TensorTable(in, alignment).read(tensors, size));
  }

  private static void requireVersion(GgufCursor in) {
    if (in.uint32("the first bytes") != MAGIC) {
      throw in.wrong("no GGUF file: it doesn't begin with GGUF");
    }
    long version = in.uint32("the version");
    if (version != 2 && version != 3) {
      boolean bigEndian = version == 0x02000000L || version == 0x03000000L;
      throw in.wrong(
          "GGUF of "
              + (bigEndian ? "big-endian machines" : "version " + version)
              + "; allowed versions 2 and 3, little-endian");
    }
  }

  public Path path() {
    return path;
  }

  public GgufMetadata metadata() {
    return metadata;
  }

  /** The tensors' names, in the order of the file. */
  public List<String> names() {
    return new ArrayList<>(tensors.keySet());
  }

  /** The shape of the tensor {@code name}, rows first, where there is one. */
  public Optional<long[]> shape(String name) {
    return Optional.ofNullable(tensors.get(name)).map(t -> t.shape().clone());
  }

  /**
   * The values of a tensor, rows first: as they stand where they aren't quantized, else as F32.
   *
   * @throws UserError if there is none, or it is larger than 2 GiB
   */
  public HostTensor tensor(String name) {
    GgufTensor entry = entry(name);
    ByteBuffer data = map(entry);
    return entry
        .type()
        .plain()
        .map(type -> new HostTensor(type, entry.shape(), data))
        .orElseGet(() -> new RowDecoder(entry, data).rows(row -> row));
  }

  /**
   * The values of a matrix whose rows were turned for interleaved rotary positions: back in the
   * layout of halves. Within each head of d rows, row 2 i + j becomes row j d / 2 + i.
   *
   * @param heads that the rows are of
   * @throws UserError if they are not, or if there is no such tensor
   */
  public HostTensor halved(String name, int heads) {
    GgufTensor entry = entry(name);
    boolean vector = entry.shape().length == 1;
    long rows = vector ? entry.width() : entry.rows();
    if (rows % (2L * heads) != 0) {
      throw wrong(name, "has " + rows + " rows, which are no even number for " + heads + " heads");
    }
    int half = (int) (rows / heads / 2);
    RowDecoder decoder = new RowDecoder(vector ? column(entry) : entry, map(entry));
    HostTensor halved =
        decoder.rows(row -> row / (2 * half) * 2 * half + row % half * 2 + row / half % 2);
    return new HostTensor(halved.type(), entry.shape(), halved.data());
  }

  /** A bias as the matrix of one column; biases are never quantized. */
  private GgufTensor column(GgufTensor bias) {
    if (bias.type().plain().isEmpty()) {
      throw wrong(bias.name(), "has one axis and the type " + bias.type());
    }
    long[] shape = {bias.width(), 1};
    return new GgufTensor(bias.name(), bias.type(), shape, bias.begin(), bias.bytes());
  }

  private GgufTensor entry(String name) {
    return Optional.ofNullable(tensors.get(name))
        .orElseThrow(() -> new UserError(path + ": has no tensor '" + name + "'"));
  }

  private ByteBuffer map(GgufTensor entry) {
    if (entry.size() > Integer.MAX_VALUE / Float.BYTES) {
      throw wrong(entry.name(), "is larger than 2 GiB as F32");
    }
    try {
      return channel
          .map(MapMode.READ_ONLY, entry.begin(), entry.bytes())
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  private UserError wrong(String name, String message) {
    return new UserError(path + ": tensor '" + name + "' " + message);
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
