package org.trimtab.methods.dept;

import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The prompt, and the factors A (positions, r) and B (r, H). */
final class DeptModule implements PeftModule {
  private final DeptConfig config;
  private final Params params = new Params();
  private final SoftPrompt prompt;
  private final Site embedding;
  private final Tensor a;
  private final Tensor b;

  DeptModule(DeptConfig config, Tensor rows, Setup setup) {
    this.config = config;
    prompt =
        new SoftPrompt(
            new Placement(config.place(), config.shiftPositions()).in(setup.spec()),
            config.length(),
            rows);
    params.addAll("", prompt.params());
    embedding = new Site(setup.spec().textStack().stack(), 0, Point.EMBEDDING);
    Init init = setup.init();
    int rank = config.rank();
    a = add("lora_A", init.uniform(1 / Math.sqrt(rank), config.positions(), rank));
    b = add("lora_B", init.zeros(rank, setup.spec().textStack().hidden()));
  }

  private Tensor add(String name, Tensor value) {
    return params.add("low-rank", name, value);
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public List<Site> sites() {
    return List.of(embedding);
  }

  @Override
  public Footprint footprint(Stack stack) {
    Footprint rows = prompt.footprint(stack);
    return stack == embedding.stack() ? rows.upTo(config.positions()) : rows;
  }

  @Override
  public Contribution contribute(Forward forward) {
    Contribution rows = prompt.contribute(forward);
    return new Contribution() {
      @Override
      public List<Prompt> prompts(At at) {
        return rows.prompts(at);
      }

      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        return at.site().equals(embedding) ? Optional.of(update(at.in())) : Optional.empty();
      }
    };
  }

  /** s A B for the tokens of {@code text} (B, T, H): (1, T, H). */
  private Tensor update(Tensor text) {
    double scale = config.alpha() / Math.sqrt(config.rank());
    return a.tableRows(0, text).matmul(b).mul(scale);
  }
}
