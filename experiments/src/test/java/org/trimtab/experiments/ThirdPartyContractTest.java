package org.trimtab.experiments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.Point;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Methods;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.testing.MethodContract;

/** A method of another jar inherits the whole contract. */
class ThirdPartyContractTest extends MethodContract {
  @Override
  protected Methods registry() {
    return new MethodRegistry(
        List.of(new MethodBinding("steering", new ThirdPartyMethod(), "another jar")));
  }

  @Override
  protected Set<String> merging() {
    return Set.of();
  }

  @Override
  protected Map<String, MethodConfig> methods() {
    Map<String, MethodConfig> methods = new LinkedHashMap<>();
    methods.put("steering", new ThirdPartyMethod.Config(1, Optional.empty()));
    methods.put(
        "steering inside",
        new ThirdPartyMethod.Config(
            1,
            Optional.of(
                List.of(
                    new ThirdPartyMethod.Target(0, Point.VALUE),
                    new ThirdPartyMethod.Target(1, Point.FFN)))));
    return methods;
  }
}
