package org.trimtab.methods.idpg;

import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.method.Setup;

/** The mean of the states of a text's tokens as they enter the layer that the prompt joins. */
public record StateMean() implements SentenceEncoder {
  @Override
  public Reader open(Setup setup, Optional<Integer> layer) {
    if (layer.isEmpty()) {
      throw new Invalid(
          "encoder",
          "a prompt that joins the embedded input meets no states; allowed first-pass,"
              + " previous-layer, embedding-mean, word-vectors");
    }
    return SentenceEncoder.ofRows(setup, at -> at.in().meanRows(at.rows().textMask()));
  }
}
