package org.trimtab.plugin;

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

  /** Those that {@code META-INF/services} of some jar names. */
  public static Plugins installed() {
    return new Plugins(
        ServiceLoader.load(TrimtabPlugin.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  public List<MethodBinding> methods() {
    return all(
        plugin ->
            plugin.methods().entrySet().stream()
                .map(e -> new MethodBinding(e.getKey(), e.getValue(), jar(plugin))));
  }

  public List<KindBinding> kinds() {
    return all(plugin -> plugin.kinds().stream().map(kind -> new KindBinding(kind, jar(plugin))));
  }

  private <T> List<T> all(Function<TrimtabPlugin, Stream<T>> offers) {
    return plugins.stream().flatMap(offers).toList();
  }

  private static String jar(TrimtabPlugin plugin) {
    return plugin.getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
