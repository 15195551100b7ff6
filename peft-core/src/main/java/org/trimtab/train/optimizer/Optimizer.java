package org.trimtab.train.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;

/**
 * Moves parameters against their gradients, each group at its own learning rate.
 *
 * <p>What it remembers is made at the start, outside every step's scope, in fp32 (fp64 for fp64
 * parameters), and can be saved and put back.
 */
public final class Optimizer implements AutoCloseable {
  private static final String STEP = "step";
  private final Params params;
  private final UpdateRule rule;
  private final Map<String, UpdateRule.Rate> rates;
  private final Map<String, List<NDArray>> slots = new LinkedHashMap<>();
  private long step;

  /**
   * Makes what must outlive the steps.
   *
   * @param rates one for each group of {@code params}
   */
  public Optimizer(Params params, UpdateRule rule, Map<String, UpdateRule.Rate> rates) {
    this.params = params;
    this.rule = rule;
    this.rates = new LinkedHashMap<>(rates);
    for (Param param : params.all()) {
      NDArray value = DjlTensor.nd(param.value());
      value.setRequiresGradient(true);
      slots.put(param.name(), rule.slots().stream().map(name -> zeros(value)).toList());
    }
  }

  /**
   * One update of all parameters.
   *
   * @param factor the schedule's, which multiplies every learning rate
   * @param clip the largest global norm of the gradients; 0 for no clipping
   * @return the global norm of the gradients before clipping; where it isn't finite, nothing moved
   */
  public double step(double factor, double clip) {
    step++;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<Param, NDArray> gradients = gradients();
      double norm = norm(gradients.values());
      if (!Double.isFinite(norm)) {
        return norm; // the parameters stay as they are
      }
      if (clip > 0 && norm > clip) {
        // torch's clip_grad_norm_ adds the same 1e-6
        gradients.values().forEach(g -> g.muli(clip / (norm + 1e-6)));
      }
      gradients.forEach((param, gradient) -> update(param, gradient, factor));
      return norm;
    }
  }

  /** Updates made. */
  public long steps() {
    return step;
  }

  /** The gradient norm of each group, to find one that gets none. */
  public Map<String, Double> groupNorms() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<Param, NDArray> gradients = gradients();
      Map<String, Double> norms = new LinkedHashMap<>();
      for (String group : params.groups()) {
        norms.put(
            group,
            norm(
                gradients.entrySet().stream()
                    .filter(e -> e.getKey().group().equals(group))
                    .map(Map.Entry::getValue)
                    .toList()));
      }
      return norms;
    }
  }

  /** What is remembered, by parameter and slot: {@code name/slot}, and the number of steps. */
  public Map<String, double[]> state() {
    Map<String, double[]> state = new LinkedHashMap<>();
    state.put(STEP, new double[] {step});
    for (Param param : params.all()) {
      List<NDArray> own = slots.getOrDefault(param.name(), List.of());
      for (int i = 0; i < own.size(); i++) {
        state.put(param.name() + "/" + rule.slots().get(i), doubles(own.get(i)));
      }
    }
    return state;
  }

  /**
   * Puts back what {@link #state} gave.
   *
   * @throws IllegalArgumentException if it belongs to other parameters or another rule
   */
  public void restore(Map<String, double[]> state) {
    if (!state.keySet().equals(state().keySet())) {
      throw new IllegalArgumentException("the state of another optimizer: " + state.keySet());
    }
    state.forEach(this::restore);
  }

  private void restore(String name, double[] values) {
    if (name.equals(STEP)) {
      step = (long) values[0];
      return;
    }
    int slash = name.lastIndexOf('/');
    NDArray slot =
        slots
            .getOrDefault(name.substring(0, slash), List.of())
            .get(rule.slots().indexOf(name.substring(slash + 1)));
    try (NDArray source = create(slot, values)) {
      slot.set(new NDIndex("..."), source);
    }
  }

  private static NDArray create(NDArray like, double[] values) {
    if (like.getDataType() == DataType.FLOAT64) {
      return like.getManager().create(values, like.getShape());
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return like.getManager().create(narrow, like.getShape());
  }

  private void update(Param param, NDArray gradient, double factor) {
    UpdateRule.Rate rate = rates.get(param.group());
    if (rate == null) {
      throw new IllegalStateException("no learning rate for the group '" + param.group() + "'");
    }
    UpdateRule.Rate now = new UpdateRule.Rate(rate.learningRate() * factor, rate.weightDecay());
    NDArray value = DjlTensor.nd(param.value());
    rule.update(value, gradient, slots.getOrDefault(param.name(), List.of()), now, step);
    gradient.subi(gradient);
  }

  private Map<Param, NDArray> gradients() {
    Map<Param, NDArray> gradients = new LinkedHashMap<>();
    params.all().forEach(p -> gradients.put(p, DjlTensor.nd(p.value()).getGradient()));
    return gradients;
  }

  private static double norm(Iterable<NDArray> gradients) {
    List<Double> squares = new ArrayList<>();
    ToDoubleFunction<NDArray> scalar = nd -> doubles(nd)[0];
    gradients.forEach(g -> squares.add(scalar.applyAsDouble(g.mul(g).sum())));
    return Math.sqrt(squares.stream().mapToDouble(Double::doubleValue).sum());
  }

  private static double[] doubles(NDArray nd) {
    if (nd.getDataType() == DataType.FLOAT64) {
      return nd.toDoubleArray();
    }
    float[] values = nd.toFloatArray();
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static NDArray zeros(NDArray value) {
    return value.getManager().zeros(value.getShape(), value.getDataType());
  }

  @Override
  public void close() {
    slots.values().forEach(own -> own.forEach(NDArray::close));
  }
}
