package org.trimtab.task.read;

import java.nio.file.Path;
import java.util.List;

/** How a file's text is divided into rows and cells. */
@FunctionalInterface
public interface TableFormat {
  List<Cells> rows(Path file);

  /**
   * A row.
   *
   * @param line the number of the line that it begins at
   */
  record Cells(int line, List<String> cells) {}
}
