package org.trimtab.task.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;

/**
 * One comma-separated file: a cell in quotation marks may hold commas and line ends, and two marks
 * in it are one (RFC 4180).
 */
final class CsvParser {
  private final Path file;
  private final String text;
  private int at;
  private int line = 1;

  CsvParser(Path file) {
    this.file = file;
    text = String.join("\n", new TextFile(file).lines());
  }

  List<TableFormat.Cells> rows() {
    List<TableFormat.Cells> rows = new ArrayList<>();
    while (at < text.length()) {
      if (blankLine()) {
        continue;
      }
      int first = line;
      List<String> cells = new ArrayList<>(List.of(cell()));
      while (next(',')) {
        cells.add(cell());
      }
      if (at < text.length() && !next('\n')) {
        throw fault(line, "text behind a closing quotation mark");
      }
      line++;
      rows.add(new TableFormat.Cells(first, List.copyOf(cells)));
    }
    return rows;
  }

  /** Passes over a line that holds nothing but white space. */
  private boolean blankLine() {
    int end = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
    boolean blank = text.substring(at, end).isBlank();
    if (blank) {
      at = Math.min(end + 1, text.length());
      line++;
    }
    return blank;
  }

  private String cell() {
    if (next('"')) {
      return quoted();
    }
    int from = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() {
    int first = line;
    StringBuilder cell = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && !next('"')) {
        return cell.toString();
      }
      line += c == '\n' ? 1 : 0;
      cell.append(c);
    }
    throw fault(first, "a quotation mark is never closed");
  }

  /** Passes over {@code c} where it is next. */
  private boolean next(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private UserError fault(int where, String what) {
    return new UserError(file + ":" + where + ": " + what);
  }
}
