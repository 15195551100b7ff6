package org.trimtab.architecture;

import org.trimtab.tensor.Tensor;

/** How positions are looked up in a table (absolute positions). */
public interface PositionTable {
  /**
   * Rows of {@code table} (N, H) for the rows of {@code mask} (B, T), each {@code shift} further:
   * broadcastable (B, T, H).
   */
  Tensor lookup(Tensor table, Tensor mask, int shift);

  /** How many rows of a table of {@code size} rows stand for positions. */
  int usable(int size);

  /** BERT numbers rows from 0, padding too. */
  static PositionTable absolute() {
    return new PositionTable() {
      @Override
      public Tensor lookup(Tensor table, Tensor mask, int shift) {
        return table.tableRows(shift, mask);
      }

      @Override
      public int usable(int size) {
        return size;
      }
    };
  }

  /** GPT-2 numbers real rows from 0; padding before them gets 0. */
  static PositionTable counted() {
    return new PositionTable() {
      @Override
      public Tensor lookup(Tensor table, Tensor mask, int shift) {
        return table.lookup(Positions.counted(mask).add(shift).asIndex());
      }

      @Override
      public int usable(int size) {
        return size;
      }
    };
  }

  /** RoBERTa numbers real rows from {@code padding + 1}; padding gets {@code padding} itself. */
  static PositionTable offsetBy(int padding) {
    return new PositionTable() {
      @Override
      public Tensor lookup(Tensor table, Tensor mask, int shift) {
        return table.lookup(mask.cumulativeSum().add(shift).mul(mask).add(padding).asIndex());
      }

      @Override
      public int usable(int size) {
        return size - padding - 1;
      }
    };
  }
}
