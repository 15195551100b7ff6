package org.trimtab.backbone;

/** What a {@link Point} is of its stack. */
public enum Role {
  /** The output of a linear layer, which has a weight and perhaps a bias. */
  LINEAR,
  /** The output of a norm, which has a gain and perhaps a bias. */
  NORM,
  /** A whole branch, before its residual is added. */
  BRANCH,
  /** What a branch has inside, as it enters the branch's last linear layer. */
  INNER,
  /** The rows that the stack or one of its layers begins with. */
  ROWS
}
