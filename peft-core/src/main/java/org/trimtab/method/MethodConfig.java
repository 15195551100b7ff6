package org.trimtab.method;

import java.nio.file.Path;
import java.util.List;

/** Settings of one method: a record whose components are the YAML keys beside {@code type}. */
public interface MethodConfig {
  /** The files that these settings name, whose contents determine a result too. */
  default List<Path> files() {
    return List.of();
  }
}
