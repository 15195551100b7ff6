package org.trimtab.task.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.base.TextFile;

/** How a file's text is divided into rows and cells. */
@FunctionalInterface
public interface TableFormat {
  /** A line for each row, tabs between cells; a quotation mark is an ordinary character. */
  TableFormat TSV =
      file -> {
        List<String> lines = new TextFile(file).lines();
        List<Cells> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
          rows.add(new Cells(i + 1, List.of(lines.get(i).split("\t", -1))));
        }
        return rows;
      };

  /** Commas between cells, of which any may stand in quotation marks (RFC 4180). */
  TableFormat CSV = file -> new CsvParser(file).rows();

  List<Cells> rows(Path file);

  /**
   * A row.
   *
   * @param line the number of the line that it begins at
   */
  record Cells(int line, List<String> cells) {}
}
