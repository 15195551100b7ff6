package org.trimtab.method.combine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.MethodConfig;
import org.trimtab.weights.AdapterTensors;

/** A combination's parts as the adapters library's union of configurations has them. */
public record HubUnion(AdapterHubForms forms) {
  /** As {@code architecture} names it. */
  public static final String NAME = "union";

  private static final String ARCHITECTURE = "architecture";

  /** The settings of the parts of {@code whole}, by names made of their methods'. */
  public Map<String, MethodConfig> parts(HubSource whole) {
    Map<String, MethodConfig> parts = new LinkedHashMap<>();
    for (HubSource source : whole.parts()) {
      MethodConfig part = forms.read(source);
      String method = forms.name(part);
      parts.put(parts.containsKey(method) ? method + "-" + (parts.size() + 1) : method, part);
    }
    return parts;
  }

  /**
   * The library's keys of a union.
   *
   * @param gated the parts that have gates
   * @throws Invalid for the part that the library can't hold, alone or beside the others
   */
  public Map<String, Object> write(
      Map<String, MethodConfig> parts, Predicate<String> gated, Backbone backbone) {
    List<Map<String, Object>> configs = new ArrayList<>();
    parts.forEach(
        (name, part) -> {
          Map<String, Object> config =
              of(name, () -> forms.write(part, new HubTarget(backbone, gated.test(name))));
          configs.forEach(other -> requireBeside(name, config, other));
          configs.add(config);
        });
    Map<String, Object> union = new LinkedHashMap<>();
    union.put(ARCHITECTURE, NAME);
    union.put("configs", configs);
    return union;
  }

  /** The library takes one configuration of a kind, and bottlenecks of different branches. */
  private static void requireBeside(
      String name, Map<String, Object> config, Map<String, Object> other) {
    boolean bottlenecks = config.get(ARCHITECTURE) == null && other.get(ARCHITECTURE) == null;
    boolean apart =
        bottlenecks
            ? differ("mh_adapter", config, other) && differ("output_adapter", config, other)
            : differ(ARCHITECTURE, config, other);
    if (!apart) {
      throw new Invalid(
          "parts." + name,
          "the adapters library takes one part of a kind, or bottlenecks after different branches");
    }
    if (NAME.equals(config.get(ARCHITECTURE))) {
      throw new Invalid("parts." + name, "the adapters library takes no union within a union");
    }
  }

  private static boolean differ(String key, Map<String, Object> one, Map<String, Object> other) {
    return !java.util.Objects.equals(one.get(key), other.get(key));
  }

  /** The tensors of the parts' parameters. */
  public Map<String, HubTensor> tensors(
      Map<String, MethodConfig> parts, Map<String, long[]> parameters) {
    Map<String, HubTensor> tensors = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> {
          String prefix = name + ".";
          Map<String, long[]> own = new LinkedHashMap<>();
          parameters.forEach(
              (parameter, shape) -> {
                if (parameter.startsWith(prefix)) {
                  own.put(parameter.substring(prefix.length()), shape);
                }
              });
          of(name, () -> forms.tensors(part, own))
              .forEach((parameter, tensor) -> tensors.put(prefix + parameter, tensor));
        });
    return tensors;
  }

  /** As the parts' own {@code folded}, one after the other. */
  public AdapterTensors folded(Map<String, MethodConfig> parts, AdapterTensors tensors) {
    AdapterTensors folded = tensors;
    for (MethodConfig part : parts.values()) {
      folded = forms.folded(part, folded);
    }
    return folded;
  }

  /** Whether a part's virtual token is row 0. */
  public boolean promptFirst(Map<String, MethodConfig> parts) {
    return parts.values().stream().anyMatch(forms::promptFirst);
  }

  private static <T> T of(String name, java.util.function.Supplier<T> told) {
    try {
      return told.get();
    } catch (Invalid e) {
      throw e.within(name).within("parts");
    }
  }
}
