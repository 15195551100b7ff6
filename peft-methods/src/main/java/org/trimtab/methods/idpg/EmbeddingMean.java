package org.trimtab.methods.idpg;

import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.method.Setup;

/** The mean of the backbone's own embeddings of a text's tokens: no first pass is needed. */
public record EmbeddingMean() implements SentenceEncoder {
  @Override
  public Reader open(Setup setup, Optional<Integer> layer) {
    if (layer.isPresent()) {
      throw new Invalid(
          "encoder",
          "a prompt that joins before a layer meets no embeddings; allowed first-pass,"
              + " previous-layer, state-mean, word-vectors");
    }
    return SentenceEncoder.ofRows(setup, at -> at.in().meanRows(at.rows().textMask()));
  }
}
