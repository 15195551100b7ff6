package org.trimtab.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.base.Invalid;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.plugin.TrimtabPlugin;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** A method of somebody else: one trained vector, added to what enters the first layer. */
public final class ThirdPartyMethod implements PeftMethod<ThirdPartyMethod.Config> {
  /** What a jar names in META-INF/services. */
  public static final class Plugin implements TrimtabPlugin {
    @Override
    public Map<String, PeftMethod<?>> methods() {
      return Map.of(System.getProperty("test.method.name", "steering"), new ThirdPartyMethod());
    }
  }

  /** One layer's input. */
  public record Target(int layer, Point point) {}

  /** Its settings; without targets it adds to the first layer's input. */
  public record Config(double std, Optional<List<Target>> targets) implements MethodConfig {}

  @Override
  public Class<Config> configType() {
    return Config.class;
  }

  @Override
  public String description() {
    return "One steering vector";
  }

  @Override
  public String paper() {
    return "";
  }

  @Override
  public PeftModule create(Config config, Setup setup) {
    List<Target> targets = config.targets().orElse(List.of(new Target(0, Point.LAYER_INPUT)));
    List<Site> sites = sites(targets, setup.spec());
    Params params = new Params();
    Tensor vector =
        params.add("steering", "vector", setup.init().normal(config.std(), setup.spec().hidden()));
    Map<Site, SiteDeltas.Delta> deltas = new LinkedHashMap<>();
    sites.forEach(site -> deltas.put(site, (at, out, forward) -> vector));
    return new SiteDeltas(params, deltas);
  }

  private static List<Site> sites(List<Target> targets, BackboneSpec spec) {
    List<Site> sites = new ArrayList<>();
    for (Target target : targets) {
      Site site = new Site(Stack.ENCODER, target.layer(), target.point());
      if (!spec.has(site)) {
        throw new Invalid(
            "targets[" + sites.size() + "]",
            "matches no site; found layer "
                + target.layer()
                + "; allowed layers 0 to "
                + (spec.layers() - 1));
      }
      sites.add(site);
    }
    return sites;
  }

  /** The names of the classes that a jar of this plug-in holds. */
  static List<Class<?>> classes() {
    return List.of(ThirdPartyMethod.class, Plugin.class, Config.class, Target.class);
  }
}
