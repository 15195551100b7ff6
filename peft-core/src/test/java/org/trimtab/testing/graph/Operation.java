package org.trimtab.testing.graph;

/** Where a value of a graph comes from: outside, or an operation of the tensor port. */
public enum Operation {
  /** Numbers that are given with each pass. */
  INPUT,
  /** Whole numbers that are given with each pass, to index a table. */
  INDEX_INPUT,
  /** Numbers that are the same in each pass. */
  CONSTANT,
  ADD,
  SUB,
  MUL,
  MUL_NUMBER,
  ADD_NUMBER,
  DIV,
  LOG,
  SQRT,
  COS,
  SIN,
  MATMUL,
  T,
  LINEAR,
  LINEAR_BIAS,
  RELU,
  GELU,
  TANH,
  SIGMOID,
  SOFTMAX,
  LOG_SOFTMAX,
  LAYER_NORM,
  DROPOUT,
  MEAN,
  SUM_LAST,
  SUM_AXIS,
  CUMULATIVE_SUM,
  MEAN_ROWS,
  MAX_ROWS,
  SPLIT_HEADS,
  MERGE_HEADS,
  FOLLOWED_BY,
  BESIDE,
  ROWS,
  ROWS_FROM,
  COLUMNS,
  LOOKUP,
  GATHER,
  TABLE_ROWS,
  BATCHED,
  ONES_BESIDE,
  ZEROS_LIKE,
  AS_INDEX,
  VIEW,
  MASK_BIAS,
  DETACH;

  /** Whether it gives whole numbers. */
  boolean whole() {
    return this == INDEX_INPUT || this == AS_INDEX;
  }

  /** Whether its operand number {@code operand} must be whole numbers; all others mustn't. */
  boolean wantsWhole(int operand) {
    return (this == LOOKUP || this == GATHER) && operand == 1;
  }
}
