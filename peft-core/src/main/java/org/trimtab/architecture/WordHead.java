package org.trimtab.architecture;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.trimtab.tensor.Tensor;

/**
 * What an encoder predicts masked words with (Devlin et al., 2019, section 3.1): a linear layer,
 * activated and normed, then a matrix, which is the table of tokens, and a bias. Files of
 * classifiers have none.
 *
 * @param dense the linear layer's name
 * @param norm the norm's
 * @param bias the bias's, (V)
 * @param decoder the matrix's (V, H), where it isn't the table of tokens
 * @param activation of the linear layer
 * @param normalization what the norm computes
 */
public record WordHead(
    String dense,
    String norm,
    String bias,
    Optional<String> decoder,
    Activation activation,
    Normalization normalization) {
  /** The names of all of its tensors. */
  public List<String> tensors() {
    return Stream.concat(
            Stream.of(dense + ".weight", dense + ".bias", norm + ".weight", norm + ".bias", bias),
            decoder.stream())
        .toList();
  }

  /**
   * Scores of every word (B, T, V), of states (B, T, H) behind the last layer.
   *
   * @param weights of the model, by their names
   * @param words the name of the table of tokens (V, H)
   * @param width H
   */
  public Tensor scores(Tensor states, Function<String, Tensor> weights, String words, int width) {
    Tensor inner =
        activation.apply(
            states.linear(weights.apply(dense + ".weight"), weights.apply(dense + ".bias")));
    Tensor normed =
        normalization.of(
            inner,
            width,
            weights.apply(norm + ".weight"),
            Optional.of(weights.apply(norm + ".bias")));
    return normed.linear(weights.apply(decoder.orElse(words)), weights.apply(bias));
  }
}
