package org.trimtab.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * A file of text in UTF-8; a byte-order mark is passed over. A line ends with a line feed, before
 * which a carriage return may stand; the last one may lack its end.
 *
 * <p>Whatever reads it throws {@link UserError} if the file is missing, unreadable or not UTF-8.
 */
public record TextFile(Path path) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int BUFFER = 1 << 16;

  /** All of it, line ends as they are. */
  public String text() {
    try {
      return decode(Files.readAllBytes(path), 1);
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  /** All lines, without their ends. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    forEachLine((line, number) -> lines.add(line));
    return lines;
  }

  /** The first line that is not blank; empty where there is none. */
  public Optional<String> firstRow() {
    List<String> first = new ArrayList<>();
    scan((line, number) -> line.isBlank() || !first.add(line));
    return first.stream().findFirst();
  }

  /** Hands over each line and its number, from 1 on; holds one at a time. */
  public void forEachLine(ObjIntConsumer<String> lines) {
    scan(
        (line, number) -> {
          lines.accept(line, number);
          return true;
        });
  }

  /**
   * Hands over each line that is a row of data, with its number: a blank one, which holds nothing
   * but white space, is passed over.
   */
  public void forEachRow(ObjIntConsumer<String> rows) {
    forEachLine(
        (line, number) -> {
          if (!line.isBlank()) {
            rows.accept(line, number);
          }
        });
  }

  /** Hears a line; says whether it wants the next one. */
  @FunctionalInterface
  private interface Visitor {
    boolean visit(String line, int number);
  }

  private void scan(Visitor visitor) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[BUFFER];
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int number = 1;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int from = 0;
        for (int to = 0; to < read; to++) {
          if (buffer[to] == '\n') {
            line.write(buffer, from, to - from);
            if (!visitor.visit(unended(line, number), number++)) {
              return;
            }
            line.reset();
            from = to + 1;
          }
        }
        line.write(buffer, from, read - from);
      }
      if (line.size() > 0) {
        visitor.visit(unended(line, number), number);
      }
    } catch (IOException e) {
      throw FileErrors.unreadable(path, e);
    }
  }

  private String unended(ByteArrayOutputStream bytes, int number) {
    String line = decode(bytes.toByteArray(), number);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** The text of {@code bytes}, of which the first stands in line {@code line}. */
  private String decode(byte[] bytes, int line) {
    requireNoWideCharacters(bytes, line);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError()) {
      throw new UserError(path + ":" + (line + lineEnds(bytes, in.position())) + ": not UTF-8");
    }
    String text = out.flip().toString();
    return line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /**
   * UTF-16 and UTF-32 begin with a mark of their own, or have zeros beside the line ends; without
   * the mark they would pass as UTF-8 that holds zeros.
   */
  private void requireNoWideCharacters(byte[] bytes, int line) {
    int first = line == 1 && bytes.length > 1 ? ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF) : 0;
    boolean marked = first == 0xFEFF || first == 0xFFFE;
    for (int i = 0; i < bytes.length && !marked; i++) {
      marked = bytes[i] == 0;
    }
    if (marked) {
      throw new UserError(
          path
              + ":"
              + line
              + ": found UTF-16, UTF-32 or zero bytes; allowed UTF-8: save it as that");
    }
  }

  private static int lineEnds(byte[] bytes, int before) {
    int count = 0;
    for (int i = 0; i < before; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
  }
}
