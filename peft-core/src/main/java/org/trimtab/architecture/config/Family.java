package org.trimtab.architecture.config;

import java.util.List;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;

/** Models whose {@code config.json} has the same keys. */
public interface Family {
  /** The values of {@code model_type} that are of this family. */
  List<String> modelTypes();

  /**
   * What a configuration says of a model.
   *
   * @throws org.trimtab.base.UserError for a key that is missing, or says what layers here don't
   *     compute
   */
  Architecture read(ConfigKeys keys);

  /**
   * Names of modules as models of this family may have them, whatever their sizes: what adapters
   * are read by before there is a model.
   */
  default List<Names> names() {
    return List.of();
  }
}
