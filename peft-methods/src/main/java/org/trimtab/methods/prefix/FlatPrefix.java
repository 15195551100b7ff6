package org.trimtab.methods.prefix;

import java.util.List;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** Keys and values that are parameters themselves: one table (P, 2 n H). */
final class FlatPrefix implements PeftModule {
  /** The tensor's name in Hugging Face PEFT's files. */
  static final String NAME = "prompt_embeddings";

  private final Prefix prefix;
  private final Params params = new Params();
  private final Tensor table;

  FlatPrefix(Prefix prefix, Tensor table) {
    this.prefix = prefix;
    this.table = params.add("prefix", NAME, table);
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public List<Site> sites() {
    return prefix.attentions();
  }

  @Override
  public Footprint footprint(Stack stack) {
    return Footprint.shifted(prefix.shift(stack));
  }

  @Override
  public Contribution contribute(Forward forward) {
    return prefix.of(table, forward);
  }
}
