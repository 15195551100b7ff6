package org.trimtab.methods.idpg;

import java.util.function.Function;
import org.trimtab.backbone.At;
import org.trimtab.method.Forward;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/** Vectors of what is there where a prompt is asked for. */
final class LayerStates {
  private LayerStates() {}

  /** Reads what {@code of} makes of the rows there, (B, 1, H). */
  static SentenceEncoder.Reader read(Setup setup, Function<At, Tensor> of) {
    int width = setup.spec().textStack().hidden();
    return new SentenceEncoder.Reader() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public Tensor of(At at, Forward forward) {
        return of.apply(at);
      }
    };
  }
}
