package org.trimtab.task.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.task.Example;
import org.trimtab.task.Split;

/** Reads one file of rows and columns. */
public final class TableReader<Y> {
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

  public Split<Y> read(String name, boolean subset) {
    List<TableFormat.Cells> rows = format.rows(file);
    int first = spec.header() ? 1 : 0;
    if (rows.size() <= first) {
      throw new UserError(file + ": holds no examples");
    }
    List<String> header = rows.get(0).cells();
    Columns columns = columns(header);
    List<Example<Y>> examples = new ArrayList<>();
    int skipped = 0;
    for (TableFormat.Cells row : rows.subList(first, rows.size())) {
      if (row.cells().size() < header.size() && skipShortRows) {
        skipped++;
        continue;
      }
      examples.add(example(row, header.size(), columns));
    }
    return new Split<>(name, file, subset, skipped, examples);
  }

  private record Columns(int text, Optional<Integer> pair, Optional<Integer> label) {}

  private Columns columns(List<String> header) {
    return new Columns(
        column(spec.text(), header),
        spec.pair().map(name -> column(name, header)),
        spec.label().map(name -> column(name, header)));
  }

  private int column(String name, List<String> header) {
    if (name.equals("last")) {
      return header.size() - 1;
    }
    int index = spec.header() ? header.indexOf(name) : -1;
    if (index < 0 && name.matches("\\d{1,4}")) {
      index = Integer.parseInt(name);
    }
    if (index < 0 || index >= header.size()) {
      throw new UserError(
          file
              + ":1: no column '"
              + name
              + "'; found "
              + (spec.header() ? String.join(", ", header) : header.size() + " columns"));
    }
    return index;
  }

  private Example<Y> example(TableFormat.Cells row, int width, Columns columns) {
    String source = file + ":" + row.line();
    List<String> cells = row.cells();
    if (cells.size() < width) {
      throw new UserError(source + ": found " + cells.size() + " columns; expected " + width);
    }
    return new Example<>(
        source,
        cells.get(columns.text()),
        columns.pair().map(cells::get),
        columns.label().map(label -> gold(cells.get(label), source)));
  }

  private Y gold(String text, String source) {
    return kind.gold(text)
        .orElseThrow(
            () ->
                new UserError(
                    source + ": label '" + text + "' is unknown; allowed " + kind.allowed()));
  }
}
