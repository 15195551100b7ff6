package org.trimtab.methods.prefix;

/** How a prefix starts. */
public enum PrefixInit {
  NORMAL,
  /** As the frozen model's keys and values of a text (Li and Liang, 2021, section 7.4). */
  TEXT
}
