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
   * @return (B, 1, R, T), or with 1 for B, i - j of row i and row j
   */
  public static Tensor distances(Tensor mask, Optional<UnaryOperator<Tensor>> some) {
    return asking(mask, 0, some).sub(numbers(mask).view(1, 1, 1, -1));
  }

  /**
   * As {@link #distances}, of rows that are the same ones in every text.
   *
   * @return (R, T)
   */
  public static Tensor sharedDistances(Tensor mask, Optional<UnaryOperator<Tensor>> some) {
    Tensor index = numbers(mask); // (1, T)
    Tensor each = some.map(rows -> rows.apply(index.view(0, -1, 1))).orElse(index);
    return each.view(-1, 1).sub(index);
  }

  /**
   * How far rows stand behind {@code length} others that stand before all of them.
   *
   * @return (B, 1, R, P), or with 1 for B, P + i - j of row i and of those the row j
   */
  public static Tensor distancesBehind(
      int length, Tensor mask, Optional<UnaryOperator<Tensor>> some) {
    Tensor before = numbers(mask.onesBeside(length)).view(1, 1, 1, -1);
    return asking(mask, length, some).sub(before);
  }

  /** 1 for the first row, and so on: (1, T). */
  private static Tensor numbers(Tensor mask) {
    Tensor ones = mask.zerosLike().sumAxis(0).add(1); // (T)
    return ones.view(1, -1).cumulativeSum();
  }

  /** The numbers of rows, {@code more} further, perhaps other ones in each text. */
  private static Tensor asking(Tensor mask, int more, Optional<UnaryOperator<Tensor>> some) {
    Tensor index = numbers(mask).add(more); // (1, T)
    return some.map(rows -> rows.apply(mask.zerosLike().add(index).view(0, -1, 1)))
        .orElse(index)
        .view(0, 1, -1, 1);
  }
}
