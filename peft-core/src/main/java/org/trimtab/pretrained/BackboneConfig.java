package org.trimtab.pretrained;

import org.trimtab.engine.ComputeDevice;
import org.trimtab.tensor.Precision;
import org.trimtab.transformer.BackboneOptions;

/** Settings of a backbone, the YAML kind {@code backbone}. */
public interface BackboneConfig {
  Precision precision();

  BackboneOptions options();

  /** What computes it, by its name; the processor where no setting says otherwise. */
  default String device() {
    return ComputeDevice.CPU.name();
  }

  /** The same, computed by {@code device}; settings without a device stay what they are. */
  default BackboneConfig computedBy(ComputeDevice device) {
    return this;
  }

  /**
   * Opens the files, without making tensors yet.
   *
   * @throws org.trimtab.base.Invalid for a component that names nothing that is there
   */
  BackboneFiles open();
}
