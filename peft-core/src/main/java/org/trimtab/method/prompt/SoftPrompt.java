package org.trimtab.method.prompt;

import java.util.Optional;
import org.trimtab.backbone.Contribution;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
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

  @Override
  public Params params() {
    return params;
  }

  @Override
  public Contribution contribute(Forward forward) {
    return placement.of(length, rows);
  }

  @Override
  public Optional<Boolean> promptShifts() {
    return placement.promptShifts();
  }

  @Override
  public int promptLength() {
    return length;
  }
}
