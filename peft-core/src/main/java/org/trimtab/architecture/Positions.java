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
    Tensor ones = mask.zerosLike().sumAxis(0).add(1); // (T)
    Tensor index = ones.view(1, -1).cumulativeSum(); // (1, T)
    Tensor each = some.map(rows -> rows.apply(index.view(0, -1, 1))).orElse(index); // (1, R, 1)
    return each.view(-1, 1).sub(index);
  }
}
