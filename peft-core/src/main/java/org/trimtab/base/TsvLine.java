package org.trimtab.base;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line of cells with tabs between them. What would end a cell or a line stands escaped in a cell:
 * a tab as {@code \t}, a line feed as {@code \n}, a carriage return as {@code \r}, any other
 * control character or line separator as {@code \}{@code u} and four digits, and the backslash
 * itself as {@code \\}.
 */
public final class TsvLine {
  private static final char LINE_SEPARATOR = 0x2028;
  private static final char PARAGRAPH_SEPARATOR = 0x2029;

  private TsvLine() {}

  /** Without the line's end. */
  public static String of(List<String> cells) {
    return cells.stream().map(TsvLine::escaped).collect(Collectors.joining("\t"));
  }

  private static String escaped(String cell) {
    StringBuilder escaped = new StringBuilder(cell.length());
    cell.chars().forEach(c -> escaped.append(escaped((char) c)));
    return escaped.toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '\\' -> "\\\\";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> code(c);
      default -> Character.isISOControl(c) ? code(c) : Character.toString(c);
    };
  }

  private static String code(char c) {
    return String.format(Locale.ROOT, "\\u%04x", (int) c);
  }
}
