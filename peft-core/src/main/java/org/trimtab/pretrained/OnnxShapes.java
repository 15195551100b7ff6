package org.trimtab.pretrained;

import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.onnx.OnnxFacts;
import org.trimtab.weights.onnx.OnnxWeights;

/** The shape of a BERT or RoBERTa, read off its tensors and its graph. */
public final class OnnxShapes {
  private OnnxShapes() {}

  /**
   * The shape of {@code weights}.
   *
   * @param heads what the settings say; the graph must not say otherwise
   * @throws UserError if it is no BERT, or doesn't say what such a model is
   * @throws Invalid for heads that contradict the graph, or that nothing says
   */
  public static BertConfig of(OnnxWeights weights, Optional<Integer> heads) {
    long[] words = weights.tensor("embeddings.word_embeddings.weight").shape();
    long[] positions = weights.tensor("embeddings.position_embeddings.weight").shape();
    long[] segments = weights.tensor("embeddings.token_type_embeddings.weight").shape();
    int layers = 0;
    while (weights.names().contains(up(layers))) {
      layers++;
    }
    HostTensor widening = weights.tensor(up(0));
    OnnxFacts facts = weights.facts();
    Optional<Long> first = facts.firstPosition();
    if (segments[0] == 1 && first.isEmpty()) {
      throw new UserError(
          weights.origin()
              + ": the graph doesn't say how positions are numbered, and its one segment is"
              + " RoBERTa's");
    }
    Optional<Integer> padding = first.filter(at -> at > 0).map(at -> (int) (at - 1));
    return new BertConfig(
        padding.isPresent() ? "roberta" : "bert",
        (int) words[1],
        layers,
        heads(weights, heads, (int) words[1]),
        (int) widening.shape()[0],
        (int) words[0],
        (int) positions[0],
        facts.epsilon(),
        facts.activation(),
        padding.orElse(0),
        (int) segments[0]);
  }

  private static int heads(OnnxWeights weights, Optional<Integer> given, int hidden) {
    Optional<Integer> found = weights.facts().heads(hidden);
    if (given.isEmpty() && found.isEmpty()) {
      throw new Invalid("heads", "must be given: the graph of " + weights.origin() + " has none");
    }
    int heads = given.or(() -> found).orElseThrow();
    if (found.isPresent() && heads != found.get()) {
      throw new Invalid(
          "heads", "found " + heads + "; the graph of " + weights.origin() + " has " + found.get());
    }
    if (hidden % heads != 0) {
      throw new Invalid("heads", "found " + heads + "; allowed a divisor of the width " + hidden);
    }
    return heads;
  }

  private static String up(int layer) {
    return "encoder.layer." + layer + ".intermediate.dense.bias";
  }
}
