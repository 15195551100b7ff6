package org.trimtab.transformer;

import static org.trimtab.backbone.Point.ATTENTION;
import static org.trimtab.backbone.Point.ATTENTION_INNER;
import static org.trimtab.backbone.Point.ATTENTION_NORM;
import static org.trimtab.backbone.Point.ATTENTION_OUT;
import static org.trimtab.backbone.Point.ATTENTION_POST_NORM;
import static org.trimtab.backbone.Point.FFN;
import static org.trimtab.backbone.Point.FFN_DOWN;
import static org.trimtab.backbone.Point.FFN_GATE;
import static org.trimtab.backbone.Point.FFN_INNER;
import static org.trimtab.backbone.Point.FFN_NORM;
import static org.trimtab.backbone.Point.FFN_POST_NORM;
import static org.trimtab.backbone.Point.FFN_UP;
import static org.trimtab.backbone.Point.QUERY;
import static org.trimtab.backbone.Point.QUERY_NORM;
import static org.trimtab.backbone.ReadRows.CLS;
import static org.trimtab.backbone.ReadRows.LAST;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.ReadRows;
import org.trimtab.backbone.Rows;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Tensor;

/**
 * The rows of a pass that are read of its states, where these are not all: the last layer computes
 * no others behind its keys and values.
 *
 * @param of (B, T, H) to the rows that are read, (B, R, H)
 * @param count T to R
 * @param rows which of those are what
 */
record Reading(UnaryOperator<Tensor> of, LongUnaryOperator count, Rows rows) {
  /** Where the last layer works row by row. */
  private static final Set<Point> CUT =
      EnumSet.of(
          QUERY,
          QUERY_NORM,
          ATTENTION_INNER,
          ATTENTION_OUT,
          ATTENTION,
          ATTENTION_NORM,
          ATTENTION_POST_NORM,
          FFN_UP,
          FFN_GATE,
          FFN_INNER,
          FFN_DOWN,
          FFN,
          FFN_NORM,
          FFN_POST_NORM);

  /** Those of {@code layout}; empty where {@code reads} or {@code contribution} need all rows. */
  static Optional<Reading> of(
      StackSpec spec, Layout layout, Set<ReadRows> reads, Contribution contribution) {
    int last = spec.layers() - 1;
    boolean each =
        last >= 0
            && CUT.stream().allMatch(p -> contribution.rowwise(new Site(spec.stack(), last, p)));
    return each ? of(layout, reads) : Optional.empty();
  }

  private static Optional<Reading> of(Layout layout, Set<ReadRows> reads) {
    if (reads.equals(Set.of(CLS))) {
      return Optional.of(new Reading(layout::cls, all -> 1, new OneRow(layout.mask(), CLS)));
    }
    if (reads.equals(Set.of(LAST))) {
      return Optional.of(new Reading(layout::last, all -> 1, new OneRow(layout.mask(), LAST)));
    }
    if (reads.equals(Set.of(ReadRows.FIRST))) {
      return Optional.of(
          new Reading(x -> x.rows(0, 1), all -> 1, new OneRow(layout.mask(), ReadRows.FIRST)));
    }
    boolean text = !reads.contains(ReadRows.ALL) && !reads.contains(ReadRows.FIRST);
    return text && layout.promptRows() > 0
        ? Optional.of(new Reading(layout::text, all -> all - layout.promptRows(), layout.text()))
        : Optional.empty();
  }

  /**
   * A single row of each text.
   *
   * @param all the mask of all rows (B, T)
   * @param kind which row it is, as far as is known; it never is padding
   */
  private record OneRow(Tensor all, ReadRows kind) implements Rows {
    @Override
    public Tensor mask() {
      return all.onesBeside(1);
    }

    @Override
    public Tensor textMask() {
      throw otherRows();
    }

    @Override
    public Tensor place(Prompt prompt, Tensor rows) {
      throw otherRows();
    }

    @Override
    public Tensor joinWeights(Tensor ofText) {
      throw otherRows();
    }

    @Override
    public Tensor cls(Tensor x) {
      return only(CLS, x);
    }

    @Override
    public Tensor last(Tensor x) {
      return only(LAST, x);
    }

    private Tensor only(ReadRows asked, Tensor x) {
      if (kind != asked) {
        throw otherRows();
      }
      return x;
    }

    private static IllegalStateException otherRows() {
      return new IllegalStateException("a head reads other rows than it says");
    }
  }
}
