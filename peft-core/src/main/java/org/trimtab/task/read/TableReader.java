package org.trimtab.task.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.base.UserError;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.tokenizer.Texts;

/** Reads one file of rows and columns. */
public final class TableReader<Y> {
  private static final List<String> INDEX_NAMES = List.of("index", "idx", "id");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");
  private final Path file;
  private final TableFile spec;
  private final TableFormat format;
  private final boolean skipShortRows;
  private final ValueKind<Y> kind;

  public TableReader(
      Path file, TableFile spec, TableFormat format, boolean skipShortRows, ValueKind<Y> kind) {
    this.file = file;
    this.spec = spec;
    this.format = format;
    this.skipShortRows = skipShortRows;
    this.kind = kind;
  }

  /** The examples, which a submission can't name. */
  public Split<Y> read(String name, boolean subset) {
    return read(name, subset, false);
  }

  /**
   * The examples with the numbers that a submission names them by: what stands in the column {@code
   * index}, {@code idx} or {@code id}, or where no column is called so, the row's number from 0 on.
   * A row whose number can't be read has none.
   */
  public Split<Y> readNumbered(String name, boolean subset) {
    return read(name, subset, true);
  }

  private static List<Integer> idx(TableFormat.Cells row, int position, Columns columns) {
    String number = columns.index().map(row.cells()::get).orElse(Integer.toString(position));
    return INDEX.matcher(number).matches() ? List.of(Integer.valueOf(number)) : List.of();
  }

  private Split<Y> read(String name, boolean subset, boolean numbered) {
    List<TableFormat.Cells> rows = format.rows(file);
    int first = spec.header() ? 1 : 0;
    if (rows.size() <= first) {
      throw new UserError(file + ": holds no examples");
    }
    Columns columns = columns(rows.get(0), numbered);
    List<Example<Y>> examples = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (int i = first; i < rows.size(); i++) {
      TableFormat.Cells row = rows.get(i);
      if (row.cells().size() < columns.width() && skipShortRows) {
        skipped.add(source(row));
        continue;
      }
      requireWidth(row, columns.width());
      List<Integer> idx = numbered ? idx(row, i - first, columns) : List.of();
      examples.add(example(row, columns, idx));
    }
    return new Split<>(name, file, subset, skipped, examples);
  }

  /** Where the columns lie that are read. */
  private record Columns(
      int width,
      int text,
      Optional<Integer> pair,
      Optional<Integer> label,
      Optional<Integer> index) {}

  private Columns columns(TableFormat.Cells first, boolean numbered) {
    Columns columns =
        new Columns(
            first.cells().size(),
            column(spec.text(), first),
            spec.pair().map(name -> column(name, first)),
            spec.label().map(name -> column(name, first)),
            spec.header() && numbered ? index(first) : Optional.empty());
    requireDistinct(columns, first);
    return columns;
  }

  private Optional<Integer> index(TableFormat.Cells header) {
    return INDEX_NAMES.stream()
        .filter(header.cells()::contains)
        .findFirst()
        .map(name -> only(name, header, "one"));
  }

  private int only(String name, TableFormat.Cells header, String allowed) {
    int first = header.cells().indexOf(name);
    if (header.cells().lastIndexOf(name) > first) {
      throw new UserError(source(header) + ": two columns '" + name + "'; allowed " + allowed);
    }
    return first;
  }

  private int column(String name, TableFormat.Cells first) {
    List<String> cells = first.cells();
    int index = spec.header() ? cells.indexOf(name) : -1;
    if (index >= 0) {
      return only(name, first, "their numbers, " + index + " or " + cells.lastIndexOf(name));
    }
    if (index < 0 && name.equals("last")) {
      return cells.size() - 1;
    }
    if (index < 0 && name.matches("\\d{1,4}")) {
      index = Integer.parseInt(name);
    }
    if (index < 0 || index >= cells.size()) {
      throw new UserError(
          source(first)
              + ": no column '"
              + name
              + "'; found "
              + (spec.header() ? String.join(", ", cells) : cells.size() + " columns"));
    }
    return index;
  }

  private void requireDistinct(Columns columns, TableFormat.Cells first) {
    Map<Integer, String> roles = new LinkedHashMap<>();
    roles.put(columns.text(), "text");
    columns.pair().ifPresent(at -> requireFree(at, "pair", roles, first));
    columns.label().ifPresent(at -> requireFree(at, "label", roles, first));
  }

  private void requireFree(
      int column, String role, Map<Integer, String> roles, TableFormat.Cells first) {
    String other = roles.putIfAbsent(column, role);
    if (other != null) {
      throw new UserError(
          source(first)
              + ": column "
              + column
              + " is both "
              + other
              + " and "
              + role
              + "; allowed a column for each");
    }
  }

  /** What stands behind the last column would be lost; an empty cell loses nothing. */
  private void requireWidth(TableFormat.Cells row, int width) {
    int found = row.cells().size();
    boolean surplus = row.cells().stream().skip(width).anyMatch(cell -> !cell.isEmpty());
    if (found < width || surplus) {
      throw new UserError(source(row) + ": found " + found + " columns; expected " + width);
    }
  }

  private Example<Y> example(TableFormat.Cells row, Columns columns, List<Integer> idx) {
    List<String> cells = row.cells();
    return new Example<>(
        source(row),
        List.of(new Texts(cells.get(columns.text()), columns.pair().map(cells::get))),
        columns.label().map(label -> gold(cells.get(label), source(row))),
        new BenchmarkIds(idx, "", Optional.empty()));
  }

  private String source(TableFormat.Cells row) {
    return file + ":" + row.line();
  }

  private Y gold(String text, String source) {
    return kind.gold(text)
        .orElseThrow(
            () ->
                new UserError(
                    source + ": label '" + text + "' is unknown; allowed " + kind.allowed()));
  }
}
