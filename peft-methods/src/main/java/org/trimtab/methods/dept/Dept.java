package org.trimtab.methods.dept;

import java.util.Map;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;

/**
 * DePT (Shi and Lipani, ICLR 2024): a short soft prompt, and a low-rank update of the text's token
 * embeddings by their position: E(x) + s (A B), s = alpha / √r, with A (positions, r) that starts
 * as U(±1/√r) and B (r, H) as zeros. Prompt and update have learning rates of their own: the groups
 * {@code prompt} and {@code low-rank}.
 *
 * <p>The authors pad every text to the number of positions; here a text takes the first rows of A
 * that it needs, which gives its real tokens the same embeddings.
 */
public final class Dept implements PeftMethod<DeptConfig> {
  @Override
  public Class<DeptConfig> configType() {
    return DeptConfig.class;
  }

  @Override
  public String description() {
    return "A short prompt and a low-rank update of the token embeddings by position";
  }

  @Override
  public String paper() {
    return "Shi and Lipani, ICLR 2024";
  }

  @Override
  public String attaches() {
    return "rows beside the embedded text, and the text's token embeddings";
  }

  @Override
  public String parameters() {
    return "P H + r (positions + H)";
  }

  @Override
  public Sizes sizes(DeptConfig config, Setup setup) {
    double hidden = setup.spec().textStack().hidden();
    double rank = config.rank();
    return new Sizes(
        Map.of(
            "length", config.length() * hidden,
            "rank", rank * hidden,
            "positions", rank * config.positions()));
  }

  @Override
  public PeftModule create(DeptConfig config, Setup setup) {
    return new DeptModule(config, config.init().rows(config.length(), setup), setup);
  }

  @Override
  public PeftModule createFolded(DeptConfig config, Setup setup) {
    return new DeptModule(
        config, setup.init().zeros(config.length(), setup.spec().textStack().hidden()), setup);
  }
}
