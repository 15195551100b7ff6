package org.trimtab.methods.idpg;

import org.trimtab.backbone.At;
import org.trimtab.method.Forward;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/** The mean of the backbone's own embeddings of a text's tokens: no first pass is needed. */
public record EmbeddingMean() implements SentenceEncoder {
  @Override
  public Reader open(Setup setup) {
    int width = setup.spec().textStack().hidden();
    return new Reader() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public Tensor of(At at, Forward forward) {
        return at.in().meanRows(at.rows().mask());
      }
    };
  }
}
