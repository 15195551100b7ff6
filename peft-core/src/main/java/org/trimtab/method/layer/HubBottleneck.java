package org.trimtab.method.layer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.adapterhub.HubNames;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.backbone.Point;
import org.trimtab.json.JsonSettings;

/**
 * What the adapters library's configurations of bottlenecks have in common, whatever the
 * projections are.
 *
 * @param after the branches that get one
 * @param input what it reads
 * @param reductionFactor H / the bottleneck's width
 * @param activation between the projections
 */
public record HubBottleneck(
    List<Point> after, AdapterInput input, int reductionFactor, Activation activation) {
  private static final String ATTENTION = "mh_adapter";
  private static final String FFN = "output_adapter";
  private static final String PARALLEL = "is_parallel";
  private static final String NORMALIZED = "original_ln_before";
  private static final String RESIDUAL = "residual_before_ln";
  private static final String REDUCTION = "reduction_factor";
  private static final String ACTIVATION = "non_linearity";

  /** Norms and inner adapters of the adapter's own, other branches, and what drops layers. */
  private static final String[] OTHER_MATHEMATICS = {
    "ln_before", "ln_after", "inv_adapter", "leave_out"
  };

  private static final String[] OF_THE_START = {
    "init_weights",
    "init_weights_seed",
    "inv_adapter_reduction_factor",
    "adapter_residual_before_ln",
    "cross_adapter",
    "phm_c_init",
    "phm_init_range",
    "hypercomplex_nonlinearity",
    "use_gating"
  };

  /**
   * Reads the common keys.
   *
   * @throws org.trimtab.base.UserError for one that says what Trimtab's bottlenecks don't compute
   */
  public static HubBottleneck read(HubSource source) {
    JsonSettings settings = source.settings();
    settings.known(OF_THE_START);
    settings.requireUnset(OTHER_MATHEMATICS);
    settings.require("original_ln_after", "true", "the layer's own norm stays");
    AdapterInput input = input(settings);
    settings.known(RESIDUAL);
    if (input == AdapterInput.NORMALIZED) { // else it has no effect
      settings.require(RESIDUAL, "true", "what is added is added to the branch");
    }
    settings.knownIfZero("dropout"); // the library's is elsewhere: a training goes on without it
    settings.knownIfZero("stochastic_depth"); // likewise, and no prediction depends on either
    return new HubBottleneck(after(settings), input, reduction(settings), activation(settings));
  }

  private static List<Point> after(JsonSettings settings) {
    List<Point> after = new ArrayList<>();
    if (settings.truth(ATTENTION)) {
      after.add(Point.ATTENTION);
    }
    if (settings.truth(FFN)) {
      after.add(Point.FFN);
    }
    if (after.isEmpty()) {
      throw settings.wrong(
          FFN, "found no branch with an adapter; allowed true here or in mh_adapter");
    }
    return after;
  }

  private static AdapterInput input(JsonSettings settings) {
    boolean normalized = settings.truth(NORMALIZED);
    if (settings.truth(PARALLEL)) {
      return AdapterInput.PARALLEL;
    }
    return normalized ? AdapterInput.NORMALIZED : AdapterInput.BRANCH;
  }

  private static int reduction(JsonSettings settings) {
    double factor = settings.decimal(REDUCTION);
    if (factor != Math.rint(factor) || factor < 1) {
      throw settings.wrong(REDUCTION, "found " + factor + "; allowed whole numbers from 1 on");
    }
    return (int) factor;
  }

  private static Map<Activation, String> activations() {
    Map<Activation, String> names = new EnumMap<>(Activation.class);
    names.put(Activation.RELU, "relu");
    names.put(Activation.GELU, "gelu");
    names.put(Activation.SWISH, "swish");
    names.put(Activation.TANH, "tanh");
    names.put(Activation.SIGMOID, "sigmoid");
    return names;
  }

  private static Activation activation(JsonSettings settings) {
    String silu = "silu"; // which transformers calls swish too
    List<String> allowed = new ArrayList<>(activations().values());
    allowed.add(silu);
    String found = settings.oneOf(ACTIVATION, allowed);
    return activations().entrySet().stream()
        .filter(e -> e.getValue().equals(found))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Activation.SWISH);
  }

  /** The library's keys for it. */
  public Map<String, Object> write(HubTarget target) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(ATTENTION, after.contains(Point.ATTENTION));
    json.put(FFN, after.contains(Point.FFN));
    json.put(PARALLEL, input == AdapterInput.PARALLEL);
    json.put(NORMALIZED, input == AdapterInput.NORMALIZED);
    json.put("original_ln_after", true);
    json.put(RESIDUAL, true);
    json.put(REDUCTION, reductionFactor);
    json.put(ACTIVATION, activations().get(activation));
    json.put("use_gating", target.gated());
    return json;
  }

  /** The tensor of each parameter, which has its shape. */
  public static Map<String, HubTensor> tensors(Map<String, long[]> parameters) {
    Map<String, HubTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) -> tensors.put(name, new HubTensor(HubNames.ofBottleneck(name), shape)));
    return tensors;
  }

  /** Where the gate of the bottleneck at {@code path} lies. */
  public static String gate(String path) {
    return HubNames.bottleneck(path) + ".gate";
  }
}
