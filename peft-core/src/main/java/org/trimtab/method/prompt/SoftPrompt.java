package org.trimtab.method.prompt;

import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** A plain soft prompt: P trained rows of width H, stored as {@code prompt_embeddings} (P, H). */
public final class SoftPrompt implements PeftModule {
  /** The tensor's name in Hugging Face PEFT's files. */
  public static final String NAME = "prompt_embeddings";

  private final Params params = new Params();
  private final Placement placement;
  private final int length;
  private final Tensor rows;

  /**
   * A prompt that starts as {@code rows}.
   *
   * @param rows (P, H)
   */
  public SoftPrompt(Placement placement, int length, Tensor rows) {
    this.placement = placement;
    this.length = length;
    this.rows = params.add("prompt", NAME, rows);
  }

  /** A prompt of zeros, to load saved rows into. */
  public static SoftPrompt blank(Placement placement, int length, Setup setup) {
    int hidden = setup.spec().textStack().hidden();
    return new SoftPrompt(placement, length, setup.init().zeros(length, hidden));
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public Contribution contribute(Forward forward) {
    return placement.of(length, rows);
  }

  @Override
  public Footprint footprint(Stack stack) {
    return placement.footprint(stack, length);
  }
}
