package org.trimtab.methods.unipelt;

import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Tensor;

/** A part's contribution with its deltas and prefixes scaled. */
record Gated(Contribution part, OpenGates.Of gates, PrefixGate prefixGate) implements Contribution {
  @Override
  public boolean visits(Site site) {
    return part.visits(site);
  }

  @Override
  public List<Prompt> prompts(At at) {
    return part.prompts(at);
  }

  @Override
  public int shift(Stack stack) {
    return part.shift(stack);
  }

  @Override
  public Optional<KeyValue> prefix(At at) {
    return part.prefix(at).map(prefix -> prefixGate.of(prefix, gates.at(at, at.in())));
  }

  @Override
  public Optional<Tensor> delta(At at, Tensor out) {
    return part.delta(at, out)
        .map(delta -> delta.mul(gates.at(at, part.reads(at, out).orElse(at.in()))));
  }

  @Override
  public Optional<Tensor> reads(At at, Tensor out) {
    return part.reads(at, out);
  }
}
