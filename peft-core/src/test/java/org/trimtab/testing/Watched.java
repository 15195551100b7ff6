package org.trimtab.testing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Tensor;

/** Notes what a contribution adds, and where. */
final class Watched implements Contribution {
  private final Contribution own;
  private final Set<Site> sites = new LinkedHashSet<>();
  private final List<Prompt> prompts = new ArrayList<>();
  private final List<KeyValue> prefixes = new ArrayList<>();

  Watched(Contribution own) {
    this.own = own;
  }

  /** Where deltas and prefixes came from. */
  Set<Site> sites() {
    return sites;
  }

  List<Prompt> prompts() {
    return prompts;
  }

  List<KeyValue> prefixes() {
    return prefixes;
  }

  @Override
  public List<Prompt> prompts(At at) {
    List<Prompt> asked = own.prompts(at);
    prompts.addAll(asked);
    return asked;
  }

  @Override
  public int shift(Stack stack) {
    return own.shift(stack);
  }

  @Override
  public Optional<KeyValue> prefix(At at) {
    Optional<KeyValue> prefix = own.prefix(at);
    prefix.ifPresent(p -> sites.add(at.site()));
    prefix.ifPresent(prefixes::add);
    return prefix;
  }

  @Override
  public Optional<Tensor> delta(At at, Tensor out) {
    Optional<Tensor> delta = own.delta(at, out);
    delta.ifPresent(d -> sites.add(at.site()));
    return delta;
  }
}
