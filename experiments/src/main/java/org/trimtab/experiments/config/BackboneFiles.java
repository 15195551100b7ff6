package org.trimtab.experiments.config;

import org.trimtab.tokenizer.Tokenizer;
import org.trimtab.transformer.HfConfig;
import org.trimtab.weights.WeightSource;

/**
 * A backbone's files, opened.
 *
 * @param name for people
 * @param sha256 of the weights' bytes and, where they have a file of settings, of that
 * @param tokenizerSha256 of the tokenizer's file
 */
public record BackboneFiles(
    String name,
    String sha256,
    String tokenizerSha256,
    HfConfig shape,
    WeightSource weights,
    Tokenizer tokenizer)
    implements AutoCloseable {
  @Override
  public void close() {
    weights.close();
    tokenizer.close();
  }
}
