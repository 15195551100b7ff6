package org.trimtab.config;

import java.util.Optional;
import java.util.stream.IntStream;

/** What a YAML text says of a node and its parser doesn't tell; places count code points from 0. */
final class YamlText {
  private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";
  private final int[] points;

  YamlText(String text) {
    points = text.codePoints().toArray();
  }

  /**
   * What may stand before a node's content, as it is written but for {@code !!}, which is short.
   *
   * @param content where the content starts
   */
  record Properties(Optional<String> anchor, Optional<String> tag, int content) {}

  /** Those of the node that starts at {@code start}. */
  Properties properties(int start) {
    Optional<String> anchor = Optional.empty();
    Optional<String> tag = Optional.empty();
    int at = start;
    while ((is(at, "&") && anchor.isEmpty()) || (is(at, "!") && tag.isEmpty())) {
      int end = endOfProperty(at);
      if (is(at, "&")) {
        anchor = Optional.of(text(at, end));
      } else {
        tag = Optional.of(text(at, end).replaceFirst("^!!", "tag:yaml.org,2002:"));
      }
      at = skip(end);
    }
    return new Properties(anchor, tag, at);
  }

  private int endOfProperty(int start) {
    String ends = is(start, "&") ? ":,[]{}" : "";
    int end = start + 1;
    while (end < points.length && !isBlank(end) && !is(end, ends)) {
      end++;
    }
    return end;
  }

  private int skip(int start) {
    int at = start;
    while (isBlank(at)) {
      at++;
    }
    return at;
  }

  private boolean isBlank(int at) {
    return is(at, " \t" + LINE_ENDS);
  }

  /** Whether one of {@code characters} stands at {@code at}. */
  boolean is(int at, String characters) {
    return at < points.length && characters.indexOf(points[at]) >= 0;
  }

  /** From {@code start} up to {@code end}. */
  String text(int start, int end) {
    return new String(points, start, end - start);
  }

  /** Where the document starts that what stands at {@code at} belongs to. */
  int document(int at) {
    int start = startOfLine(at);
    while (start > 0 && !text(start, Math.min(start + 3, points.length)).equals("---")) {
      start = startOfLine(start - 1);
    }
    return start;
  }

  private int startOfLine(int at) {
    int start = at;
    while (start > 0 && !is(start - 1, LINE_ENDS)) {
      start--;
    }
    return start;
  }

  /** The line of {@code at}, from 1. */
  int line(int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      boolean half = points[i] == '\r' && is(i + 1, "\n");
      line += is(i, LINE_ENDS) && !half ? 1 : 0;
    }
    return line;
  }

  /** The column of {@code at}, from 1. */
  int column(int at) {
    return at - startOfLine(at) + 1;
  }

  /** Where the first character stands that YAML has none of. */
  Optional<Integer> unprintable() {
    for (int i = 0; i < points.length; i++) {
      if (!isPrintable(points[i])) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** Where from {@code start} on the first escape stands that is beyond all characters. */
  Optional<Integer> escapedBeyond(int start) {
    return IntStream.range(start, Math.max(start, points.length - 9))
        .filter(at -> text(at, at + 10).matches("\\\\U[0-9a-fA-F]{8}"))
        .filter(at -> Long.parseLong(text(at + 2, at + 10), 16) > Character.MAX_CODE_POINT)
        .boxed()
        .findFirst();
  }

  private static boolean isPrintable(int point) {
    return (point >= 0x20 && point <= 0x7E)
        || "\t\n\r\u0085".indexOf(point) >= 0
        || (point >= 0xA0 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
