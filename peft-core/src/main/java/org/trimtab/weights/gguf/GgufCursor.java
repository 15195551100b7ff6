package org.trimtab.weights.gguf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.trimtab.base.UserError;

/** Reads a file's bytes one value behind the other; whatever ends early is refused. */
final class GgufCursor {
  /** Arrays of arrays of arrays: nobody writes them, and each level is a call. */
  private static final int DEEPEST = 4;

  private final ByteBuffer in;
  private final String file;
  private int depth;

  /** Over {@code bytes} from its position on; {@code file} is named in messages. */
  GgufCursor(ByteBuffer bytes, String file) {
    this.in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.file = file;
  }

  /** Bytes read so far. */
  int position() {
    return in.position();
  }

  /** The next four bytes, unsigned. */
  long uint32(String what) {
    return Integer.toUnsignedLong(bytes(Integer.BYTES, what).getInt());
  }

  /** The next eight bytes; from 2^63 on negative. */
  long uint64(String what) {
    return bytes(Long.BYTES, what).getLong();
  }

  /**
   * How many values follow.
   *
   * @param smallest bytes of each, so that no more are announced than the file can hold
   */
  int count(String what, int smallest) {
    long count = uint64(what);
    if (count < 0 || count > in.remaining() / smallest) {
      throw wrong(
          what
              + ": truncated, or a broken count: found "
              + Long.toUnsignedString(count)
              + " with "
              + in.remaining()
              + " bytes left");
    }
    return (int) count;
  }

  /** A text behind its length. */
  String text(String what) {
    ByteBuffer utf8 = bytes(count(what, 1), what);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(file + ": " + what + ": a text that is not UTF-8", e);
    }
  }

  /** The type of a value, by its number. */
  GgufType type(String what) {
    long number = uint32(what);
    return GgufType.of(number)
        .orElseThrow(
            () ->
                wrong(what + ": unknown type of metadata; found " + number + "; allowed 0 to 12"));
  }

  /**
   * A value: a {@link Long} (a {@link BigInteger} where it has 64 bits), {@link Double}, {@link
   * Boolean}, {@link String} or {@link GgufArray}.
   */
  Object value(GgufType type, String what) {
    return switch (type) {
      case STRING -> text(what);
      case ARRAY -> array(what);
      case BOOL -> truth(what);
      case FLOAT32 -> (double) bytes(Float.BYTES, what).getFloat();
      case FLOAT64 -> bytes(Double.BYTES, what).getDouble();
      case UINT64 -> unsigned(uint64(what));
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, INT64 -> whole(type, what);
    };
  }

  private long whole(GgufType type, String what) {
    ByteBuffer bytes = bytes(type.smallest(), what);
    return switch (type) {
      case UINT8 -> Byte.toUnsignedLong(bytes.get());
      case INT8 -> bytes.get();
      case UINT16 -> Short.toUnsignedLong(bytes.getShort());
      case INT16 -> bytes.getShort();
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt());
      case INT32 -> bytes.getInt();
      default -> bytes.getLong();
    };
  }

  private static Number unsigned(long bits) {
    if (bits >= 0) {
      return bits;
    }
    return new BigInteger(Long.toUnsignedString(bits));
  }

  private boolean truth(String what) {
    byte value = bytes(1, what).get();
    if (value != 0 && value != 1) {
      throw wrong(what + ": found the truth value " + value + "; allowed 0 and 1");
    }
    return value == 1;
  }

  private GgufArray array(String what) {
    GgufType type = type(what);
    int count = count(what, type.smallest());
    if (++depth > DEEPEST) {
      throw wrong(what + ": arrays within arrays, deeper than " + DEEPEST);
    }
    int begin = in.position();
    if (type.fixed()) {
      bytes(count * type.smallest(), what);
    } else {
      for (int i = 0; i < count; i++) {
        skip(type, what);
      }
    }
    depth--;
    return new GgufArray(type, count, in.slice(begin, in.position() - begin), file);
  }

  private void skip(GgufType type, String what) {
    if (type == GgufType.STRING) {
      bytes(count(what, 1), what);
    } else {
      array(what);
    }
  }

  private ByteBuffer bytes(int length, String what) {
    if (length > in.remaining()) {
      throw wrong("truncated: the file ends within " + what);
    }
    ByteBuffer bytes = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + length);
    return bytes;
  }

  UserError wrong(String message) {
    return new UserError(file + ": " + message);
  }
}
