package org.trimtab.architecture;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.trimtab.tensor.Tensor;

/** Numbers of rows. */
public final class Positions {
  private Positions() {}

  /**
   * Of each row the number of rows before it that count: 0 for the first one, and for those before
   * it.
   *
   * @param counts (B, T), one for a row that counts
   * @return (B, T)
   */
  public static Tensor counted(Tensor counts) {
    return counts.cumulativeSum().add(-1).relu();
  }

  /**
   * How far rows stand behind others, in rows, padding too.
   *
   * @param mask (B, T)
   * @param some rows of which that is asked, where these are not all: (B, T, n) to (B, R, n)
   * @return (R, T), i - j of row i and row j
   */
  public static Tensor distances(Tensor mask, Optional<UnaryOperator<Tensor>> some) {
    Tensor index = numbers(mask);
    return asking(index, some).sub(index);
  }

  /**
   * How far rows stand behind {@code length} others that stand before all of them.
   *
   * @return (R, P), P + i - j of row i and of those the row j
   */
  public static Tensor distancesBehind(
      int length, Tensor mask, Optional<UnaryOperator<Tensor>> some) {
    return asking(numbers(mask).add(length), some).sub(numbers(mask.onesBeside(length)));
  }

  /** 1 for the first row, and so on: (1, T). */
  private static Tensor numbers(Tensor mask) {
    Tensor ones = mask.zerosLike().sumAxis(0).add(1); // (T)
    return ones.view(1, -1).cumulativeSum();
  }

  private static Tensor asking(Tensor index, Optional<UnaryOperator<Tensor>> some) {
    return some.map(rows -> rows.apply(index.view(0, -1, 1))).orElse(index).view(-1, 1);
  }
}
