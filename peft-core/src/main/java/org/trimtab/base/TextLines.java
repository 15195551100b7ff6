package org.trimtab.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a UTF-8 file; a byte-order mark is passed over, the last line end may be missing.
 */
public record TextLines(Path file) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * All of them.
   *
   * @throws UserError if the file is missing or not UTF-8
   */
  public List<String> all() {
    byte[] bytes = bytes();
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int to = 0; to <= bytes.length; to++) {
      if (to == bytes.length ? to > from : bytes[to] == '\n') {
        boolean carriageReturn = to > from && bytes[to - 1] == '\r';
        lines.add(decode(bytes, from, carriageReturn ? to - 1 : to, lines.size() + 1));
        from = to + 1;
      }
    }
    if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
      lines.set(0, lines.get(0).substring(1));
    }
    return lines;
  }

  private String decode(byte[] bytes, int from, int to, int line) {
    try {
      ByteBuffer part = ByteBuffer.wrap(bytes, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException e) {
      throw new UserError(file + ":" + line + ": not UTF-8", e);
    }
  }

  private byte[] bytes() {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError(file + ": can't be read: " + e.getMessage(), e);
    }
  }
}
