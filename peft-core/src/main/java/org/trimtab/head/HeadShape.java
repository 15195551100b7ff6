package org.trimtab.head;

import org.trimtab.backbone.Hidden;
import org.trimtab.tensor.Tensor;

/**
 * What a head reads, and how much it says of it.
 *
 * @param hidden H
 * @param spans S, the marked places of each row
 * @param outputs C, the classes; 1 for a regression
 */
public record HeadShape(int hidden, int spans, int outputs) {
  /** (1 + S) H, the width of {@link #read}. */
  public int width() {
    return (1 + spans) * hidden;
  }

  /**
   * The pooled row with the mean state of each span behind it, (B, 1, (1 + S) H): the edge-probing
   * encoding that SuperGLUE's baselines have for WiC and WSC (Wang et al., 2019).
   */
  public Tensor read(Hidden states, Pooling pooling) {
    Tensor pooled = pooling.of(states);
    return spans == 0
        ? pooled
        : pooled.beside(
            states.spans().orElseThrow().matmul(states.states()).view(0, 1, -1)); // (B, S, H)
  }
}
