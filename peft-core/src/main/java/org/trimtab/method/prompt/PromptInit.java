package org.trimtab.method.prompt;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/** How the rows of a soft prompt start, the YAML kind {@code init}. */
public interface PromptInit {
  /** New rows (P, H), a copy of whatever they are taken from. */
  Tensor rows(int length, Setup setup);

  /** The files that the rows are read from. */
  default List<Path> files() {
    return List.of();
  }
}
