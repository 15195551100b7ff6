package org.trimtab.backbone;

import java.util.List;
import java.util.Optional;
import org.trimtab.tensor.Tensor;

/**
 * A batch of token sequences.
 *
 * @param ids (B, T) whole numbers
 * @param types (B, T) whole numbers, the segment of each token
 * @param mask (B, T), one for a real token and zero for padding
 * @param texts the words of each row; empty where only tokens are known
 * @param spans (B, S, T), up to S marked places of each text: each a weight for every token, one in
 *     all; zero where a text has fewer
 * @param from what a pass starts from; empty: the embedding
 */
public record Input(
    Tensor ids,
    Tensor types,
    Tensor mask,
    List<String> texts,
    Optional<Tensor> spans,
    Optional<States> from) {
  /** Rows of which a pass starts at the embedding. */
  public Input(Tensor ids, Tensor types, Tensor mask, List<String> texts, Optional<Tensor> spans) {
    this(ids, types, mask, texts, spans, Optional.empty());
  }

  /** Rows of which only the tokens are known. */
  public Input(Tensor ids, Tensor types, Tensor mask) {
    this(ids, types, mask, List.of(), Optional.empty());
  }

  /** The same rows, whose pass starts from {@code states}. */
  public Input from(States states) {
    return new Input(ids, types, mask, texts, spans, Optional.of(states));
  }
}
