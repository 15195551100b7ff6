package org.trimtab.task.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.trimtab.base.TextFile;

/** The formats with a character between cells; blank lines are passed over. */
public enum DelimitedFormat implements TableFormat {
  /** A line for each row, tabs between cells; a quotation mark is an ordinary character. */
  TSV {
    @Override
    public List<Cells> rows(Path file) {
      List<String> lines = new TextFile(file).lines();
      List<Cells> rows = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        List<String> cells = List.of(lines.get(i).split("\t", -1));
        if (cells.size() > 1 || !cells.get(0).isBlank()) {
          rows.add(new Cells(i + 1, cells));
        }
      }
      return rows;
    }
  },
  /** Commas between cells, of which any may stand in quotation marks (RFC 4180). */
  CSV {
    @Override
    public List<Cells> rows(Path file) {
      return new CsvParser(file).rows();
    }
  };

  /** What the names of such files end in. */
  public String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
