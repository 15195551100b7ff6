package org.trimtab.experiments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Point;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.TrimtabPlugin;
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

  /** Its settings. */
  public record Config(double std) implements MethodConfig {}

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
    Params params = new Params();
    Tensor vector =
        params.add("steering", "vector", setup.init().normal(config.std(), setup.spec().hidden()));
    return new PeftModule() {
      @Override
      public Params params() {
        return params;
      }

      @Override
      public Contribution contribute(Forward forward) {
        return new Contribution() {
          @Override
          public Optional<Tensor> delta(At at, Tensor out) {
            boolean first = at.site().point() == Point.LAYER_INPUT && at.site().layer() == 0;
            return first ? Optional.of(vector) : Optional.empty();
          }
        };
      }
    };
  }

  /** The names of the classes that a jar of this plug-in holds. */
  static List<Class<?>> classes() {
    return List.of(ThirdPartyMethod.class, Plugin.class, Config.class);
  }
}
