package org.trimtab.method.combine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Invalid;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Methods;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * A module of several parts: all but what it makes of their contributions is theirs.
 *
 * @param parts by their names; what a part has by name stands under its part's
 * @param own parameters besides those of the parts, which stand before them
 * @param joined makes one contribution of the parts'
 */
public record Combination(Map<String, PeftModule> parts, Params own, Joining joined)
    implements PeftModule {
  /** Makes one contribution of several. */
  @FunctionalInterface
  public interface Joining {
    /** Of one pass; {@code parts} by their names, in their order. */
    Contribution of(Map<String, Contribution> parts, Forward forward);
  }

  public Combination {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /**
   * Makes the module of each part, each with a random stream of its own.
   *
   * @param create one of {@link Methods}'
   * @throws Invalid if two parts replace the output of one site, or if one prompt moves the text's
   *     positions and another one doesn't
   */
  public static Map<String, PeftModule> parts(
      Map<String, MethodConfig> configs,
      Setup setup,
      BiFunction<MethodConfig, Setup, PeftModule> create) {
    Map<String, PeftModule> parts = new LinkedHashMap<>();
    configs.forEach(
        (name, config) -> parts.put(name, part(name, () -> create.apply(config, setup.part()))));
    requireOneReplacement(parts);
    setup.spec().stacks().stream().map(StackSpec::stack).forEach(s -> requireOneShift(parts, s));
    return parts;
  }

  /** Those of all parts together. */
  public static Sizes sizes(Map<String, MethodConfig> configs, Setup setup) {
    Map<String, Double> all = new LinkedHashMap<>();
    configs.forEach(
        (name, config) ->
            part(name, () -> setup.methods().sizes(config, setup))
                .numbers()
                .forEach((key, n) -> all.put("parts." + name + "." + key, n)));
    return new Sizes(all);
  }

  private static <T> T part(String name, Supplier<T> create) {
    try {
      return create.get();
    } catch (Invalid e) {
      throw e.within(name).within("parts");
    }
  }

  private static void requireOneReplacement(Map<String, PeftModule> parts) {
    Set<Site> replaced = new LinkedHashSet<>();
    parts.forEach(
        (name, part) -> {
          for (Site site : part.replaces()) {
            if (!replaced.add(site)) {
              throw new Invalid(
                  "parts." + name, "replaces what another part replaces too, at " + site);
            }
          }
        });
  }

  private static void requireOneShift(Map<String, PeftModule> parts, Stack stack) {
    Footprint taken = Footprint.NONE;
    for (Map.Entry<String, PeftModule> part : parts.entrySet()) {
      Footprint more = part.getValue().footprint(stack);
      if (!taken.agrees(more)) {
        throw new Invalid(
            "parts." + part.getKey() + ".shiftPositions",
            "one prompt moves the text's positions and another one doesn't; allowed one mode");
      }
      taken = taken.plus(more);
    }
  }

  @Override
  public Params params() {
    Params params = new Params();
    parts.forEach((name, part) -> params.addAll(name + ".", part.params()));
    return params.addAll("", own);
  }

  @Override
  public Map<String, Tensor> constants() {
    Map<String, Tensor> constants = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> part.constants().forEach((c, t) -> constants.put(name + "." + c, t)));
    return constants;
  }

  @Override
  public List<Site> sites() {
    return parts.values().stream().flatMap(part -> part.sites().stream()).distinct().toList();
  }

  @Override
  public List<Site> replaces() {
    return parts.values().stream().flatMap(part -> part.replaces().stream()).toList();
  }

  @Override
  public List<String> warnings() {
    return parts.values().stream().flatMap(part -> part.warnings().stream()).distinct().toList();
  }

  @Override
  public Footprint footprint(Stack stack) {
    return parts.values().stream()
        .map(part -> part.footprint(stack))
        .reduce(Footprint.NONE, Footprint::plus);
  }

  @Override
  public Contribution contribute(Forward forward) {
    Map<String, Contribution> contributions = new LinkedHashMap<>();
    parts.forEach((name, part) -> contributions.put(name, part.contribute(forward.part(name))));
    return joined.of(contributions, forward);
  }

  @Override
  public PeftModule fold() {
    Map<String, PeftModule> folded = new LinkedHashMap<>();
    parts.forEach((name, part) -> folded.put(name, part.fold()));
    return new Combination(folded, own, joined);
  }
}
