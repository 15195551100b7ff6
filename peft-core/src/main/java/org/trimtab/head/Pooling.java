package org.trimtab.head;

import org.trimtab.backbone.Hidden;
import org.trimtab.tensor.Tensor;

/** Which single row (B, 1, H) a head reads of the last layer's states (B, T, H). */
public enum Pooling {
  /** The [CLS] token, where it really is after prompts joined. */
  CLS {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.rows().cls(hidden.states());
    }
  },
  /** The mean of the text's tokens. */
  MEAN {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.states().meanRows(hidden.rows().textMask());
    }
  },
  /** The maximum over the text's tokens. */
  MAX {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.states().maxRows(hidden.rows().textMask());
    }
  },
  /** Row 0, whatever it is: with a prompt before [CLS] the first virtual token. */
  FIRST {
    @Override
    public Tensor of(Hidden hidden) {
      return hidden.states().rows(0, 1);
    }
  },
  /** The backbone's pooler over [CLS]. */
  POOLER {
    @Override
    public Tensor of(Hidden hidden) {
      return pooler(hidden, CLS.of(hidden));
    }
  },
  /** The backbone's pooler over row 0, as Hugging Face PEFT has it. */
  POOLER_FIRST {
    @Override
    public Tensor of(Hidden hidden) {
      return pooler(hidden, FIRST.of(hidden));
    }
  };

  public abstract Tensor of(Hidden hidden);

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
