package org.trimtab.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.json.UserError;

/** Reads one tab-separated file; a quotation mark is an ordinary character. */
final class TsvReader<Y> {
  private final Path file;
  private final TsvTaskConfig.FileSpec spec;
  private final boolean skipShortRows;
  private final ValueKind<Y> kind;

  TsvReader(Path file, TsvTaskConfig.FileSpec spec, boolean skipShortRows, ValueKind<Y> kind) {
    this.file = file;
    this.spec = spec;
    this.skipShortRows = skipShortRows;
    this.kind = kind;
  }

  Split<Y> read(String name, boolean subset) {
    List<String> lines = new TextLines(file).all();
    int first = spec.header() ? 1 : 0;
    if (lines.size() <= first) {
      throw new UserError(file + ": holds no examples");
    }
    String[] header = lines.get(0).split("\t", -1);
    Columns columns = columns(header);
    List<Example<Y>> examples = new ArrayList<>();
    int skipped = 0;
    for (int i = first; i < lines.size(); i++) {
      String[] row = lines.get(i).split("\t", -1);
      if (row.length < header.length && skipShortRows) {
        skipped++;
        continue;
      }
      examples.add(example(row, header.length, columns, i + 1));
    }
    return new Split<>(name, file, subset, skipped, examples);
  }

  private record Columns(int text, Optional<Integer> pair, Optional<Integer> label) {}

  private Columns columns(String[] header) {
    return new Columns(
        column(spec.text(), header),
        spec.pair().map(name -> column(name, header)),
        spec.label().map(name -> column(name, header)));
  }

  private int column(String name, String[] header) {
    if (name.equals("last")) {
      return header.length - 1;
    }
    int index = spec.header() ? List.of(header).indexOf(name) : -1;
    if (index < 0 && name.matches("\\d{1,4}")) {
      index = Integer.parseInt(name);
    }
    if (index < 0 || index >= header.length) {
      throw new UserError(
          file
              + ":1: no column '"
              + name
              + "'; found "
              + (spec.header() ? String.join(", ", header) : header.length + " columns"));
    }
    return index;
  }

  private Example<Y> example(String[] row, int width, Columns columns, int line) {
    String place = file + ":" + line;
    if (row.length < width) {
      throw new UserError(place + ": found " + row.length + " columns; expected " + width);
    }
    return new Example<>(
        place,
        row[columns.text()],
        columns.pair().map(pair -> row[pair]),
        columns.label().map(label -> gold(row[label], place)));
  }

  private Y gold(String text, String place) {
    return kind.parse(text)
        .orElseThrow(
            () ->
                new UserError(
                    place + ": label '" + text + "' is unknown; allowed " + kind.allowed()));
  }
}
