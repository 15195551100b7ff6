package org.trimtab.transformer;

import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Tensor;

/**
 * Attention of a stack's heads; several heads of queries may share one of keys and values (Ainslie
 * et al., 2023), k heads of those in all.
 *
 * @param scale of the scores
 */
record Attention(StackSpec spec, double scale, LayerKernels kernels) {
  /** The context (B, T, h d) of projections, with P keys and values of a prefix before the T. */
  Tensor context(
      Passes.Projections own,
      Optional<KeyValue> prefix,
      Relations.OfLayer relations,
      Pass.StackDropout dropout) {
    Passes.Projections turned = relations.turned(own);
    Tensor bias = relations.bias();
    Optional<Tensor> logits = prefix.flatMap(before -> logits(before, relations));
    return dropout.never() && logits.isEmpty()
        ? kernels.attention(
            turned, prefix, bias, () -> composed(turned, prefix, logits, bias, dropout))
        : composed(turned, prefix, logits, bias, dropout);
  }

  /** What is added to the scores of a prefix: its own, and what hides it. */
  private static Optional<Tensor> logits(KeyValue prefix, Relations.OfLayer relations) {
    return Stream.of(prefix.logits(), relations.ofPrefix())
        .flatMap(Optional::stream)
        .reduce(Tensor::add);
  }

  private Tensor composed(
      Passes.Projections own,
      Optional<KeyValue> prefix,
      Optional<Tensor> logits,
      Tensor bias,
      Pass.StackDropout dropout) {
    Tensor query = own.query().mul(scale); // (B, T, h d)
    Tensor value = own.value(); // (B, T, k d)
    Tensor scores = scores(query, own.key()).add(bias); // (B, h, T, T)
    if (prefix.isPresent()) {
      Tensor before = scores(query, prefix.get().key()); // (B, h, T, P)
      scores = logits.map(before::add).orElse(before).beside(scores); // (B, h, T, P + T)
      value = prefix.get().value().followedBy(value); // (B, P + T, k d)
    }
    Tensor weights = dropout.attention(scores.softmax()); // (B, h, T, P + T)
    Tensor values = value.splitHeads(spec.keyValueHeads()); // (B, k, P + T, d)
    return each(sharing(weights).matmul(values)).mergeHeads();
  }

  /** (B, h, T, P) of queries (B, T, h d) and keys (B, P, k d). */
  private Tensor scores(Tensor query, Tensor key) {
    Tensor queries = query.splitHeads(spec.heads()); // (B, h, T, d)
    Tensor keys = key.splitHeads(spec.keyValueHeads()); // (B, k, P, d)
    return each(sharing(queries).matmul(keys.t())); // (B, h, T, P)
  }

  /** (B, h, T, n) with the rows of heads that share keys behind each other: (B, k, h/k T, n). */
  private Tensor sharing(Tensor heads) {
    return spec.keyValueHeads() == spec.heads()
        ? heads
        : heads.view(0, spec.keyValueHeads(), -1, 0);
  }

  /** The other way round: (B, k, h/k T, n) to (B, h, T, n). */
  private Tensor each(Tensor sharing) {
    return spec.keyValueHeads() == spec.heads() ? sharing : sharing.view(0, spec.heads(), -1, 0);
  }
}
