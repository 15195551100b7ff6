package org.trimtab.methods.idpg;

import java.util.Optional;
import org.trimtab.method.Setup;

/**
 * The state of [CLS] as it enters each layer, prompts and all; for a prompt that joins the embedded
 * input, that of a first pass.
 */
public record PreviousLayer() implements SentenceEncoder {
  @Override
  public Reader open(Setup setup, Optional<Integer> layer) {
    return layer.isEmpty()
        ? new FirstPass().open(setup, layer)
        : SentenceEncoder.ofRows(setup, at -> at.rows().cls(at.in()));
  }

  @Override
  public boolean readsLayers() {
    return true;
  }
}
