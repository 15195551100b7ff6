package org.trimtab.method.combine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The modules of a combination, by the names of its parts. */
public final class Parts {
  private final Map<String, PeftModule> modules;

  private Parts(Map<String, PeftModule> modules) {
    this.modules = modules;
  }

  /**
   * Makes the module of each part, each with a random stream of its own.
   *
   * @throws Invalid if two parts replace the output of one site, or if one prompt moves the text's
   *     positions and another one doesn't
   */
  public static Parts create(Map<String, MethodConfig> configs, Setup setup, boolean folded) {
    Map<String, PeftModule> modules = new LinkedHashMap<>();
    configs.forEach((name, config) -> modules.put(name, create(name, config, setup, folded)));
    requireOneReplacement(modules);
    requireOneShift(modules);
    return new Parts(modules);
  }

  private static void requireOneReplacement(Map<String, PeftModule> modules) {
    Set<Site> replaced = new LinkedHashSet<>();
    modules.forEach(
        (name, module) -> {
          for (Site site : module.replaces()) {
            if (!replaced.add(site)) {
              throw new Invalid(
                  "parts." + name, "replaces what another part replaces too, at " + site);
            }
          }
        });
  }

  private static void requireOneShift(Map<String, PeftModule> modules) {
    Set<Boolean> modes = new LinkedHashSet<>();
    modules.forEach(
        (name, module) -> {
          module.promptShifts().ifPresent(modes::add);
          if (modes.size() > 1) {
            throw new Invalid(
                "parts." + name + ".shiftPositions",
                "one prompt moves the text's positions and another one doesn't; allowed one mode");
          }
        });
  }

  private static PeftModule create(String name, MethodConfig config, Setup setup, boolean folded) {
    try {
      return folded
          ? setup.methods().createFolded(config, setup.part())
          : setup.methods().create(config, setup.part());
    } catch (Invalid e) {
      throw e.within(name).within("parts");
    }
  }

  public Map<String, PeftModule> modules() {
    return java.util.Collections.unmodifiableMap(modules);
  }

  /** The same parts, each changed. */
  public Parts map(UnaryOperator<PeftModule> change) {
    Map<String, PeftModule> changed = new LinkedHashMap<>();
    modules.forEach((name, module) -> changed.put(name, change.apply(module)));
    return new Parts(changed);
  }

  /** All parameters, each under its part's name. */
  public Params params() {
    Params params = new Params();
    modules.forEach((name, module) -> params.addAll(name + ".", module.params()));
    return params;
  }

  /** Every site that a part touches, once. */
  public List<Site> sites() {
    Set<Site> sites = new LinkedHashSet<>();
    modules.values().forEach(module -> sites.addAll(module.sites()));
    return List.copyOf(sites);
  }

  /** Every site that a part replaces. */
  public List<Site> replaces() {
    List<Site> sites = new ArrayList<>();
    modules.values().forEach(module -> sites.addAll(module.replaces()));
    return sites;
  }

  /** All constants, each under its part's name. */
  public Map<String, Tensor> constants() {
    Map<String, Tensor> constants = new LinkedHashMap<>();
    modules.forEach(
        (name, module) -> module.constants().forEach((c, t) -> constants.put(name + "." + c, t)));
    return constants;
  }

  /** The most tokens that every part has parameters for. */
  public int longestText() {
    return modules.values().stream().mapToInt(PeftModule::longestText).min().orElseThrow();
  }

  /** That of the parts that have one. */
  public Optional<Boolean> promptShifts() {
    return modules.values().stream().flatMap(m -> m.promptShifts().stream()).findFirst();
  }

  /** What every part adds to one pass, by the part's name, its trace under that name. */
  public Map<String, Contribution> contribute(Forward forward) {
    Map<String, Contribution> contributions = new LinkedHashMap<>();
    modules.forEach(
        (name, module) -> contributions.put(name, module.contribute(forward.part(name))));
    return contributions;
  }

  public int promptLength() {
    return modules.values().stream().mapToInt(PeftModule::promptLength).sum();
  }

  public int shift() {
    return modules.values().stream().mapToInt(PeftModule::shift).sum();
  }
}
