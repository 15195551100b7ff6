package org.trimtab.method;

import java.nio.file.Path;
import java.util.List;

/** Settings of one method: a record whose components are the YAML keys beside {@code type}. */
public interface MethodConfig {
  /** The settings of the methods that this one combines. */
  default List<MethodConfig> combined() {
    return List.of();
  }

  /** The files that these settings name, whose contents determine a result too. */
  default List<Path> files() {
    return combined().stream().flatMap(part -> part.files().stream()).toList();
  }

  /** Those of the files that a saved model still reads. */
  default List<Path> filesOfSaved() {
    return combined().stream().flatMap(part -> part.filesOfSaved().stream()).toList();
  }
}
