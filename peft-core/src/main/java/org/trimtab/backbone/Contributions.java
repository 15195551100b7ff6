package org.trimtab.backbone;

import java.util.List;
import java.util.Optional;
import org.trimtab.tensor.Tensor;

/** Several contributions as one. */
public final class Contributions {
  private Contributions() {}

  /**
   * Everything that {@code parts} add: rows and prefixes in their order, deltas summed. A gate over
   * all of it reads what the first part reads that has a wish of its own.
   */
  public static Contribution sum(List<Contribution> parts) {
    return new Contribution() {
      @Override
      public boolean visits(Site site) {
        return parts.stream().anyMatch(part -> part.visits(site));
      }

      @Override
      public boolean rowwise(Site site) {
        return parts.stream().allMatch(part -> part.rowwise(site));
      }

      @Override
      public List<Prompt> prompts(At at) {
        return parts.stream().flatMap(part -> part.prompts(at).stream()).toList();
      }

      @Override
      public int shift(Stack stack) {
        return parts.stream().mapToInt(part -> part.shift(stack)).sum();
      }

      @Override
      public Optional<KeyValue> prefix(At at) {
        return parts.stream().flatMap(part -> part.prefix(at).stream()).reduce(Contributions::join);
      }

      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        return parts.stream().flatMap(part -> part.delta(at, out).stream()).reduce(Tensor::add);
      }

      @Override
      public Optional<Tensor> reads(At at, Tensor out) {
        return parts.stream().flatMap(part -> part.reads(at, out).stream()).findFirst();
      }
    };
  }

  private static KeyValue join(KeyValue a, KeyValue b) {
    Optional<Tensor> logits =
        a.logits().isEmpty() && b.logits().isEmpty()
            ? Optional.empty()
            : Optional.of(logits(a).beside(logits(b)));
    return new KeyValue(
        a.length() + b.length(),
        a.key().followedBy(b.key()),
        a.value().followedBy(b.value()),
        logits);
  }

  /** (B, 1, 1, P). */
  private static Tensor logits(KeyValue of) {
    Tensor none = of.key().onesBeside(of.length()).mul(0).view(0, 1, 1, -1);
    return of.logits().map(none::add).orElse(none);
  }
}
