package org.trimtab.pretrained;

import org.trimtab.tensor.Precision;
import org.trimtab.transformer.BackboneOptions;

/** Settings of a backbone, the YAML kind {@code backbone}. */
public interface BackboneConfig {
  Precision precision();

  BackboneOptions options();

  /**
   * Opens the files, without making tensors yet.
   *
   * @throws org.trimtab.base.Invalid for a component that names nothing that is there
   */
  BackboneFiles open();
}
