package org.trimtab.pretrained;

import java.util.List;
import java.util.stream.Stream;
import org.trimtab.architecture.Architecture;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Sha256;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.Tokenizer;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.weights.WeightSource;

/**
 * A backbone's files, opened.
 *
 * @param name for people
 * @param sha256 of the weights' bytes and, where they have a file of settings, of that
 * @param tokenizerSha256 of the tokenizer's file
 * @param tokenizer gives ids that are rows of the model's tables, or refuses the text
 * @param warnings what of the files is not taken, in words
 */
public record BackboneFiles(
    String name,
    String sha256,
    String tokenizerSha256,
    Architecture architecture,
    WeightSource weights,
    Tokenizer tokenizer,
    List<String> warnings)
    implements AutoCloseable {
  /** Holds what {@code tokenizer} gives against the model's tables. */
  public BackboneFiles {
    tokenizer = new FittedTokenizer(tokenizer, architecture.tables(), name);
  }

  /** The model's family, such as {@code bert}. */
  public String family() {
    return architecture.family();
  }

  /** The same with something more that a user is told of. */
  public BackboneFiles warning(String text) {
    List<String> more = Stream.concat(warnings.stream(), Stream.of(text)).toList();
    return new BackboneFiles(name, sha256, tokenizerSha256, architecture, weights, tokenizer, more);
  }

  /** What tells this backbone's encodings of a text from another one's. */
  public String encodingSha256() {
    return Sha256.of(
        String.join(
            "/",
            tokenizerSha256,
            architecture.family(),
            Integer.toString(architecture.tables().words()),
            Integer.toString(architecture.tables().segments())));
  }

  /** Loads the weights; {@code tensors} belongs to the backbone from here on. */
  public Backbone load(BackboneOptions options, Tensors tensors) {
    return Backbones.load(architecture, weights, options, tensors);
  }

  @Override
  public void close() {
    weights.close();
    tokenizer.close();
  }
}
