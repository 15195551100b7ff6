package org.trimtab.experiments.changes;

/** What may have changed between an interrupted process and the one that goes on. */
public enum Change {
  CONFIG,
  BACKBONE,
  DATA,
  /** Trimtab's own code, or a plug-in's. */
  VERSION
}
