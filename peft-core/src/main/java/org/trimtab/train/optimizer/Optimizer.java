package org.trimtab.train.optimizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Script;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * Moves parameters against their gradients, each group at its own learning rate.
 *
 * <p>What it remembers is made at the start, outside every step's scope, in the parameters' own
 * precision, and can be saved and put back.
 */
public final class Optimizer implements AutoCloseable {
  private static final String STEP = "step";
  private final Params params;
  private final UpdateRule rule;
  private final Map<String, UpdateRule.Rate> rates;
  private final Tensors tensors;
  private final Map<String, List<MutableTensor>> slots = new LinkedHashMap<>();
  private final Optional<Script> together;
  private long step;

  /**
   * Makes what must outlive the steps.
   *
   * @param rates one for each group of {@code params}
   * @param tensors those of {@code params}
   */
  public Optimizer(
      Params params, UpdateRule rule, Map<String, UpdateRule.Rate> rates, Tensors tensors) {
    this.params = params;
    this.rule = rule;
    this.rates = new LinkedHashMap<>(rates);
    this.tensors = tensors.child();
    params.all().forEach(param -> slots.put(param.name(), slots(param)));
    together = rule.script().map(this.tensors::script);
  }

  private List<MutableTensor> slots(Param param) {
    long[] shape = tensors.shape(param.value());
    return rule.slots().stream().map(name -> tensors.mutable(tensors.zeros(shape))).toList();
  }

  /** Those that it moves. */
  public Params params() {
    return params;
  }

  /**
   * One update of all parameters.
   *
   * @param factor the schedule's, which multiplies every learning rate
   */
  public void step(Gradients gradients, double factor) {
    step++;
    Map<String, List<Gradients.Gradient>> groups = new LinkedHashMap<>();
    gradients
        .all()
        .forEach(g -> groups.computeIfAbsent(g.param().group(), k -> new ArrayList<>()).add(g));
    groups.forEach((group, own) -> tensors.freeing(() -> update(own, rate(group, factor))));
  }

  private UpdateRule.Rate rate(String group, double factor) {
    UpdateRule.Rate rate = rates.get(group);
    if (rate == null) {
      throw new IllegalStateException("no learning rate for the group '" + group + "'");
    }
    return new UpdateRule.Rate(rate.learningRate() * factor, rate.weightDecay());
  }

  private void update(List<Gradients.Gradient> gradients, UpdateRule.Rate rate) {
    if (together.isPresent()) {
      together
          .get()
          .run(operands(gradients), rate.learningRate(), rate.weightDecay(), (double) step);
      return;
    }
    for (Gradients.Gradient gradient : gradients) {
      MutableTensor value = tensors.mutable(gradient.param().value());
      List<MutableTensor> own = slots(gradient);
      // Else the engine refuses to change, in any thread but its first, what has gradients.
      tensors.withoutGraph(
          () -> {
            rule.update(value, gradient.value(), own, rate, step);
            return step;
          });
    }
  }

  /** As {@link UpdateRule#script} has them. */
  private List<Tensor> operands(List<Gradients.Gradient> gradients) {
    List<Tensor> operands = new ArrayList<>();
    gradients.forEach(gradient -> operands.add(gradient.param().value()));
    gradients.forEach(gradient -> operands.add(gradient.value().tensor()));
    for (int slot = 0; slot < rule.slots().size(); slot++) {
      for (Gradients.Gradient gradient : gradients) {
        operands.add(slots(gradient).get(slot).tensor());
      }
    }
    return operands;
  }

  private List<MutableTensor> slots(Gradients.Gradient gradient) {
    return slots.getOrDefault(gradient.param().name(), List.of());
  }

  /** Updates made. */
  public long steps() {
    return step;
  }

  /** What is remembered, by parameter and slot: {@code name/slot}, and the number of steps. */
  public Map<String, HostTensor> state() {
    Map<String, HostTensor> state = new LinkedHashMap<>();
    state.put(STEP, HostTensor.of(new long[] {step}, 1));
    named().forEach((name, slot) -> state.put(name, tensors.host(slot.tensor())));
    return state;
  }

  /**
   * Puts back what {@link #state} gave.
   *
   * @throws IllegalArgumentException if it belongs to other parameters or another rule
   */
  public void restore(Map<String, HostTensor> state) {
    Map<String, MutableTensor> own = named();
    Set<String> expected = new HashSet<>(own.keySet());
    expected.add(STEP);
    if (!state.keySet().equals(expected)) {
      throw new IllegalArgumentException("the state of another optimizer: " + state.keySet());
    }
    state.forEach(
        (name, values) -> {
          if (name.equals(STEP)) {
            step = values.longs()[0];
          }
          Optional.ofNullable(own.get(name))
              .ifPresent(slot -> tensors.assign(slot.tensor(), values));
        });
  }

  private Map<String, MutableTensor> named() {
    Map<String, MutableTensor> named = new LinkedHashMap<>();
    slots.forEach(
        (param, own) -> {
          for (int i = 0; i < own.size(); i++) {
            named.put(param + "/" + rule.slots().get(i), own.get(i));
          }
        });
    return named;
  }

  @Override
  public void close() {
    tensors.close();
  }
}
