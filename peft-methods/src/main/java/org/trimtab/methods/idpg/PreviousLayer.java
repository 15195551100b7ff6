package org.trimtab.methods.idpg;

import org.trimtab.method.Setup;

/**
 * The state of [CLS] as it enters each layer, prompts and all; for the first prompt, that of a
 * first pass.
 */
public record PreviousLayer() implements SentenceEncoder {
  @Override
  public Reader open(Setup setup) {
    return new FirstPass().open(setup);
  }

  @Override
  public boolean readsLayers() {
    return true;
  }
}
