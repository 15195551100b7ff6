package org.trimtab.methods.dept;

import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The prompt, and the factors A (positions, r) and B (r, H). */
final class DeptModule implements PeftModule {
  private final DeptConfig config;
  private final SoftPrompt prompt;
  private final SiteDeltas update;

  DeptModule(DeptConfig config, Tensor rows, Setup setup) {
    this.config = config;
    StackSpec text = setup.spec().textStack();
    Placement placement = new Placement(config.place(), config.shiftPositions()).in(setup.spec());
    prompt = new SoftPrompt(placement, config.length(), rows);
    Params factors = new Params();
    int rank = config.rank();
    Tensor a = setup.init().uniform(1 / Math.sqrt(rank), config.positions(), rank);
    Tensor b = setup.init().zeros(rank, text.hidden());
    factors.add("low-rank", "lora_A", a);
    factors.add("low-rank", "lora_B", b);
    Site embedding = new Site(text.stack(), 0, Point.EMBEDDING);
    update = new SiteDeltas(factors, Map.of(embedding, (at, out, forward) -> low(at.in(), a, b)));
  }

  /** s A B for the tokens of {@code text} (B, T, H): (1, T, H). */
  private Tensor low(Tensor text, Tensor a, Tensor b) {
    return a.tableRows(0, text).matmul(b).mul(config.alpha() / Math.sqrt(config.rank()));
  }

  @Override
  public Params params() {
    return new Params().addAll("", prompt.params()).addAll("", update.params());
  }

  @Override
  public List<Site> sites() {
    return update.sites();
  }

  @Override
  public Footprint footprint(Stack stack) {
    Footprint rows = prompt.footprint(stack);
    return rows.promptRows() == 0 ? rows : rows.upTo(config.positions());
  }

  @Override
  public Contribution contribute(Forward forward) {
    return Contributions.sum(List.of(prompt.contribute(forward), update.contribute(forward)));
  }
}
