package org.trimtab.backbone;

/** Where the rows of a prompt go in the input of a stack. */
public enum Place {
  /** Before all tokens, so that row 0 is a prompt row. */
  FIRST,
  /** After the first token, [CLS] or {@code <s>}, which stays row 0. */
  AFTER_CLS
}
