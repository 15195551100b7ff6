package org.trimtab.methods.attempt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** The frozen prompts, the task's own, and the attention over them. */
final class AttemptModule implements PeftModule {
  private static final double DEVIATION = 0.01;
  private static final double EPSILON = 1e-5;
  private final AttemptConfig config;
  private final Placement placement;
  private final Params params = new Params();
  private final List<Tensor> sources;
  private final Tensor target;
  private final Tensor down;
  private final Tensor up;
  private final Tensor gain;
  private final Tensor bias;
  private final double temperature;

  /** Prompts of (P, H) each. */
  AttemptModule(AttemptConfig config, List<Tensor> sources, Tensor target, Setup setup) {
    this.config = config;
    placement = new Placement(config.place(), config.shiftPositions()).in(setup.spec());
    Init init = setup.init();
    this.sources = sources;
    this.target = params.add("prompt", SoftPrompt.NAME, target);
    Tensors tensors = init.tensors();
    long hidden = tensors.shape(target)[1];
    down = add("down.weight", init.normal(DEVIATION, config.width(), hidden));
    up = add("up.weight", init.normal(DEVIATION, hidden, config.width()));
    gain = add("norm.weight", init.constant(1, hidden));
    bias = add("norm.bias", init.zeros(hidden));
    temperature = config.temperature() * hidden;
  }

  private Tensor add(String name, Tensor value) {
    return params.add("attention", "attention." + name, value);
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public Map<String, Tensor> constants() {
    Map<String, Tensor> constants = new LinkedHashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      constants.put("source." + i + "." + SoftPrompt.NAME, sources.get(i));
    }
    return constants;
  }

  @Override
  public Footprint footprint(Stack stack) {
    return placement.footprint(stack, config.length());
  }

  @Override
  public Contribution contribute(Forward forward) {
    return placement.of(config.length(), at -> rows(at, forward.trace()));
  }

  /** Σ_j a_j P_j + P_t: (B, P, H). */
  private Tensor rows(At at, Trace trace) {
    int prompts = sources.size() + 1;
    Tensor all =
        Stream.concat(sources.stream(), Stream.of(target))
            .map(prompt -> prompt.view(1, config.length(), -1))
            .reduce(Tensor::followedBy)
            .orElseThrow()
            .view(prompts, config.length(), -1);
    Tensor keys = all.maxRows(all.onesBeside(config.length())).view(prompts, -1);
    Tensor weights = query(at).linear(keys).mul(1 / temperature).softmax(); // (B, 1, J)
    show(weights, trace);
    return weights.matmul(all.view(prompts, -1)).view(0, config.length(), -1).add(target);
  }

  /** h (B, 1, H). */
  private Tensor query(At at) {
    Tensor mask = at.rows().mask();
    Tensor seen = at.in().maxRows(config.padding() ? mask.mul(0).add(1) : mask);
    return Activation.SWISH.of(seen.linear(down)).linear(up).layerNorm(gain, bias, EPSILON);
  }

  private void show(Tensor weights, Trace trace) {
    Tensor byPrompt = weights.detach().t(); // (B, J, 1)
    for (int i = 0; i < sources.size(); i++) {
      trace.add("attention.source." + i, byPrompt.rows(i, i + 1L));
    }
    trace.add("attention.own", byPrompt.rowsFrom(sources.size()));
  }
}
