package org.trimtab.plugin;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the jars on the class path offer, each thing with its jar. */
public final class Plugins {
  /** What comes with Trimtab itself has this in the place of a jar. */
  public static final String TRIMTAB = "trimtab";

  private final List<TrimtabPlugin> plugins;

  private Plugins(List<TrimtabPlugin> plugins) {
    this.plugins = plugins;
  }

  /** Those that {@code META-INF/services} of some jar names, Trimtab's own first. */
  public static Plugins installed() {
    return new Plugins(
        ServiceLoader.load(TrimtabPlugin.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(plugin -> !plugin.provider().equals(TRIMTAB)))
            .toList());
  }

  public List<MethodBinding> methods() {
    return all(
        plugin ->
            plugin.methods().entrySet().stream()
                .map(e -> new MethodBinding(e.getKey(), e.getValue(), plugin.provider())));
  }

  public List<KindBinding> kinds() {
    return all(
        plugin -> plugin.kinds().stream().map(kind -> new KindBinding(kind, plugin.provider())));
  }

  private <T> List<T> all(Function<TrimtabPlugin, Stream<T>> offers) {
    return plugins.stream().flatMap(offers).toList();
  }
}
