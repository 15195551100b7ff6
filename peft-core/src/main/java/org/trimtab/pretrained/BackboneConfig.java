package org.trimtab.pretrained;

import org.trimtab.engine.ComputeDevice;
import org.trimtab.transformer.options.BackboneOptions;

/** Settings of a backbone, the YAML kind {@code backbone}. */
public interface BackboneConfig {
  BackbonePrecision precision();

  BackboneOptions options();

  /** What computes it, by its name; the processor where no setting says otherwise. */
  default String device() {
    return ComputeDevice.CPU.name();
  }

  /** The same, computed otherwise; settings that don't say how stay what they are. */
  default BackboneConfig computedBy(ComputeDevice device, BackbonePrecision precision) {
    return this;
  }

  /**
   * Opens the files, without making tensors yet.
   *
   * @throws org.trimtab.base.Invalid for a component that names nothing that is there
   */
  BackboneFiles open();
}
