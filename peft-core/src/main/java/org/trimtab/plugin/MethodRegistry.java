package org.trimtab.plugin;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.base.UserError;
import org.trimtab.engine.Memory;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Methods;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;

/** Every known method by its name. */
public final class MethodRegistry implements Methods {
  private final Map<String, MethodBinding> byName = new LinkedHashMap<>();

  /**
   * A registry of {@code bindings}, in their order.
   *
   * @throws UserError if two have one name; the message names both providers
   */
  public MethodRegistry(Collection<MethodBinding> bindings) {
    for (MethodBinding binding : bindings) {
      MethodBinding other = byName.putIfAbsent(binding.name(), binding);
      if (other != null) {
        throw new UserError(
            "two methods are called '"
                + binding.name()
                + "': one of "
                + other.provider()
                + ", one of "
                + binding.provider());
      }
    }
  }

  /**
   * Every method on the class path, Trimtab's own first.
   *
   * @throws UserError if two have one name
   */
  public static MethodRegistry installed() {
    return new MethodRegistry(Plugins.installed().methods());
  }

  public Collection<MethodBinding> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  @Override
  public PeftModule create(MethodConfig config, Setup setup) {
    return create(methodOf(config), config, setup, false);
  }

  @Override
  public PeftModule createFolded(MethodConfig config, Setup setup) {
    return create(methodOf(config), config, setup, true);
  }

  @Override
  public Sizes sizes(MethodConfig config, Setup setup) {
    return sizes(methodOf(config), config, setup);
  }

  private static <C extends MethodConfig> Sizes sizes(
      PeftMethod<C> method, MethodConfig config, Setup setup) {
    return method.sizes(method.configType().cast(config), setup);
  }

  /** The name of the method that {@code config} is for. */
  public String nameOf(MethodConfig config) {
    return bindingOf(config).name();
  }

  private PeftMethod<?> methodOf(MethodConfig config) {
    return bindingOf(config).method();
  }

  /** The method that {@code config} is for, under its name. */
  public MethodBinding bindingOf(MethodConfig config) {
    return byName.values().stream()
        .filter(binding -> binding.method().configType() == config.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no method takes " + config));
  }

  private static <C extends MethodConfig> PeftModule create(
      PeftMethod<C> method, MethodConfig config, Setup setup, boolean folded) {
    C typed = method.configType().cast(config);
    method.sizes(typed, setup).require(Memory.bytes());
    return folded ? method.createFolded(typed, setup) : method.create(typed, setup);
  }
}
