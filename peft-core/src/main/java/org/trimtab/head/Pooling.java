package org.trimtab.head;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.ReadRows;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Invalid;
import org.trimtab.tensor.Tensor;

/** Which single row (B, 1, H) a head reads of the last layer's states (B, T, H). */
public enum Pooling {
  /** The [CLS] token, where it really is after prompts joined. */
  CLS(ReadRows.CLS) {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.rows().cls(hidden.states());
    }
  },
  /** The mean of the text's tokens. */
  MEAN(ReadRows.TEXT) {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.states().meanRows(hidden.rows().textMask());
    }
  },
  /** The maximum over the text's tokens. */
  MAX(ReadRows.TEXT) {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.states().maxRows(hidden.rows().textMask());
    }
  },
  /** Row 0, whatever it is: with a prompt before [CLS] the first virtual token. */
  FIRST(ReadRows.FIRST) {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.states().rows(0, 1);
    }
  },
  /** The last of the text's tokens, on whatever side padding is; prompts' rows never are. */
  LAST(ReadRows.LAST) {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.rows().last(hidden.states());
    }
  },
  /** The backbone's pooler over [CLS]. */
  POOLER(ReadRows.CLS) {
    @Override
    public Tensor of(Hidden hidden) {
      return pooler(hidden, CLS.of(hidden));
    }
  },
  /** The backbone's pooler over row 0, as Hugging Face PEFT has it. */
  POOLER_FIRST(ReadRows.FIRST) {
    @Override
    public Tensor of(Hidden hidden) {
      return pooler(hidden, FIRST.of(hidden));
    }
  };

  private final ReadRows row;

  Pooling(ReadRows row) {
    this.row = row;
  }

  public abstract Tensor of(Hidden hidden);

  /**
   * The pooled row with the mean state of each span behind it, (B, 1, (1 + S) H): the edge-probing
   * encoding that SuperGLUE's baselines have for WiC and WSC (Wang et al., 2019).
   *
   * @param spans S, the marked places of every text
   */
  public Tensor read(Hidden hidden, int spans) {
    Tensor pooled = of(hidden); // (B, 1, H)
    return spans == 0
        ? pooled
        : pooled.beside(
            hidden.spans().orElseThrow().matmul(hidden.states()).view(0, 1, -1)); // (B, S, H)
  }

  /** What {@link #read} reads. */
  public Set<ReadRows> rows(int spans) {
    return spans == 0 ? EnumSet.of(row) : EnumSet.of(row, ReadRows.SPANS);
  }

  /**
   * Refuses a row that sees no other one.
   *
   * @throws Invalid for the first row of a stack whose rows see only those before them
   */
  void requireFor(StackSpec stack) {
    boolean first = EnumSet.of(CLS, FIRST, POOLER, POOLER_FIRST).contains(this);
    if (first && stack.causal()) {
      throw new Invalid(
          "pooling",
          "rows of this backbone see only those before them, and that is the first one; found "
              + name().toLowerCase(Locale.ROOT).replace('_', '-')
              + "; allowed last, mean, max");
    }
  }

  /** Whether the backbone's pooler must run. */
  public boolean needsPooler() {
    return this == POOLER || this == POOLER_FIRST;
  }

  private static Tensor pooler(Hidden hidden, Tensor row) {
    return hidden
        .pooler()
        .orElseThrow(() -> new IllegalStateException("the backbone's pooler is switched off"))
        .apply(row);
  }
}
