package org.trimtab.method;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.Site;
import org.trimtab.json.Invalid;
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
   * @throws Invalid if two parts replace the output of one site
   */
  public static Parts create(Map<String, MethodConfig> configs, Setup setup, boolean folded) {
    Map<String, PeftModule> modules = new LinkedHashMap<>();
    configs.forEach((name, config) -> modules.put(name, create(name, config, setup, folded)));
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
    return new Parts(modules);
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

  /** The files that the settings of {@code parts} name. */
  public static List<Path> files(Map<String, MethodConfig> parts) {
    return parts.values().stream().flatMap(part -> part.files().stream()).toList();
  }

  public int promptLength() {
    return modules.values().stream().mapToInt(PeftModule::promptLength).sum();
  }

  public int shift() {
    return modules.values().stream().mapToInt(PeftModule::shift).sum();
  }
}
