package org.trimtab.weights.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/**
 * Reads the tensors of an ONNX file (onnx.proto: TensorProto), wherever their values stand: as raw
 * bytes, as numbers, or in another file.
 *
 * @param folder of the model's file, to which names of others are relative; none for a stream
 * @param files those others that were read
 */
record OnnxTensors(Optional<Path> folder, String origin, Set<Path> files) {
  OnnxTensors(Optional<Path> folder, String origin) {
    this(folder, origin, new TreeSet<>());
  }

  record Named(String name, HostTensor values) {}

  /** What a TensorProto says, field by field. */
  private static final class Fields {
    private final List<Long> shape = new ArrayList<>();
    private final List<ByteBuffer> floats = new ArrayList<>();
    private final List<ByteBuffer> doubles = new ArrayList<>();
    private final List<Long> integers = new ArrayList<>();
    private final Map<String, String> external = new LinkedHashMap<>();
    private String name = "";
    private int type;
    private boolean outside;
    private Optional<ByteBuffer> raw = Optional.empty();

    Fields(ByteBuffer in) {
      while (in.hasRemaining()) {
        Protobuf.Field field = Protobuf.next(in);
        switch (field.number()) {
          case 1 -> shape.addAll(Protobuf.varints(field));
          case 2 -> type = (int) field.value();
          case 4 -> floats.add(Protobuf.fixed(field, Float.BYTES));
          case 5, 7 -> integers.addAll(Protobuf.varints(field));
          case 8 -> name = field.text();
          case 9 -> raw = Optional.of(field.bytes());
          case 10 -> doubles.add(Protobuf.fixed(field, Double.BYTES));
          case 13 -> entry(field.bytes());
          case 14 -> outside = field.value() == 1;
          default -> {}
        }
      }
    }

    private void entry(ByteBuffer in) {
      String key = "";
      while (in.hasRemaining()) {
        Protobuf.Field field = Protobuf.next(in);
        if (field.number() == 1) {
          key = field.text();
        } else if (field.number() == 2) {
          external.put(key, field.text());
        }
      }
    }

    long[] axes() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Numbers that are written one by one. */
    ByteBuffer numbers(DType type) {
      List<ByteBuffer> parts = type == DType.F64 ? doubles : floats;
      if (type == DType.F32 || type == DType.F64) {
        ByteBuffer all =
            Protobuf.littleEndian(parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(all::put);
        return all.flip();
      }
      ByteBuffer all = Protobuf.littleEndian(integers.size() * type.bytes());
      for (long value : integers) {
        for (int i = 0; i < type.bytes(); i++) {
          all.put((byte) (value >>> (8 * i)));
        }
      }
      return all.flip();
    }
  }

  /**
   * Reads a tensor; none where its type is no number that a model computes with.
   *
   * @throws UserError if it lies in a file that isn't there, or holds less than its shape
   */
  Optional<Named> read(ByteBuffer in) {
    Fields fields = new Fields(in);
    return OnnxTypes.of(fields.type).map(type -> new Named(fields.name, values(fields, type)));
  }

  private HostTensor values(Fields fields, DType type) {
    ByteBuffer data =
        fields.outside
            ? outside(fields)
            : fields.raw.filter(ByteBuffer::hasRemaining).orElseGet(() -> fields.numbers(type));
    try {
      return new HostTensor(type, fields.axes(), data);
    } catch (IllegalArgumentException e) {
      throw wrong(fields, "holds " + e.getMessage(), e);
    }
  }

  private ByteBuffer outside(Fields fields) {
    String location = fields.external.getOrDefault("location", "");
    Path inside = Path.of(location).normalize();
    if (folder.isEmpty() || location.isEmpty() || inside.isAbsolute() || inside.startsWith("..")) {
      throw wrong(fields, "lies in the file '" + location + "'; allowed a file beside the model's");
    }
    Path file = folder.get().resolve(inside);
    try (FileChannel channel = FileChannel.open(file)) {
      files.add(file);
      long offset = Long.parseLong(fields.external.getOrDefault("offset", "0"));
      String rest = Long.toString(channel.size() - offset);
      long length = Long.parseLong(fields.external.getOrDefault("length", rest));
      if (offset < 0 || length < 0 || length > channel.size() - offset) {
        throw wrong(
            fields,
            "ends behind "
                + file
                + ": bytes "
                + offset
                + " to "
                + (offset + length)
                + " of "
                + channel.size());
      }
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (NumberFormatException e) {
      throw wrong(fields, "has an offset or a length that is no number", e);
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  private UserError wrong(Fields fields, String message) {
    return new UserError(named(fields, message));
  }

  private UserError wrong(Fields fields, String message, Throwable cause) {
    return new UserError(named(fields, message), cause);
  }

  private String named(Fields fields, String message) {
    return origin + ": tensor '" + fields.name + "' " + message;
  }
}
