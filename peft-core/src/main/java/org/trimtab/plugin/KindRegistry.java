package org.trimtab.plugin;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.SettingKind;
import org.trimtab.base.UserError;

/** Every known type of every kind of settings, by its name. */
public final class KindRegistry {
  private final List<KindBinding> bindings;
  private final Map<Class<?>, Map<String, String>> providers = new LinkedHashMap<>();

  /**
   * A registry of {@code bindings}, in their order; several may add to one kind.
   *
   * @throws UserError if two types of a kind have one name; the message names both providers
   */
  public KindRegistry(Collection<KindBinding> bindings) {
    this.bindings = List.copyOf(bindings);
    bindings.forEach(this::add);
  }

  private void add(KindBinding binding) {
    Class<?> kind = binding.kind().kind();
    Map<String, String> known = providers.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    for (String name : binding.kind().types().keySet()) {
      String other = known.putIfAbsent(name, binding.provider());
      if (other != null) {
        throw new UserError(
            "two types of %s are called '%s': one of %s, one of %s"
                .formatted(kind.getSimpleName(), name, other, binding.provider()));
      }
    }
  }

  /** All types, in the order in which they were added. */
  public List<SettingKind<?>> all() {
    return bindings.stream().<SettingKind<?>>map(KindBinding::kind).toList();
  }

  /** The names of a kind's types, each with who offers it. */
  public Map<String, String> providers(Class<?> kind) {
    return Collections.unmodifiableMap(providers.getOrDefault(kind, Map.of()));
  }
}
