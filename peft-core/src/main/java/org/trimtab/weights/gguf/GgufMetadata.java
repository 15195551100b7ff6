package org.trimtab.weights.gguf;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.trimtab.base.UserError;

/** What a file says of its model, by keys, which remember whether they were asked for. */
public final class GgufMetadata {
  private final Map<String, Object> values;
  private final String file;
  private final Set<String> asked = new LinkedHashSet<>();

  private GgufMetadata(Map<String, Object> values, String file) {
    this.values = values;
    this.file = file;
  }

  static GgufMetadata read(GgufCursor in, int count, String file) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = in.text("the key of metadata " + i);
      Object value = in.value(in.type(key), key);
      if (values.put(key, value) != null) {
        throw in.wrong("the key '" + key + "' stands twice");
      }
    }
    return new GgufMetadata(values, file);
  }

  /** The keys, in the order of the file. */
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** A value as the file has it: Long (or BigInteger), Double, Boolean, String or GgufArray. */
  public Optional<Object> get(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key));
  }

  /** The keys that begin with {@code prefix} and what they say, a line each, in their order. */
  public String told(String prefix) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                lines.append(key).append('=').append(value).append('\n');
              }
            });
    return lines.toString();
  }

  /** Whether there is such a key. */
  public boolean has(String key) {
    return get(key).isPresent();
  }

  public String text(String key) {
    return get(key)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .orElseThrow(() -> wrong(key, "a text"));
  }

  /** {@link #text}, or what holds where there is no such key. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  public boolean truth(String key, boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    return get(key)
        .filter(Boolean.class::isInstance)
        .map(Boolean.class::cast)
        .orElseThrow(() -> wrong(key, "true or false"));
  }

  /** A whole number from 0 to 2^31 - 1. */
  public int whole(String key) {
    return get(key)
        .filter(Long.class::isInstance)
        .map(Long.class::cast)
        .filter(n -> n >= 0 && n <= Integer.MAX_VALUE)
        .orElseThrow(() -> wrong(key, "a whole number from 0 to 2147483647"))
        .intValue();
  }

  /** {@link #whole}, or what holds where there is no such key. */
  public int whole(String key, int otherwise) {
    return has(key) ? whole(key) : otherwise;
  }

  /** {@link #whole} from 1 on. */
  public int positive(String key) {
    if (whole(key) == 0) {
      throw wrong(key, "a whole number above 0");
    }
    return whole(key);
  }

  /** {@link #positive}, or what holds where there is no such key. */
  public int positive(String key, int otherwise) {
    return has(key) ? positive(key) : otherwise;
  }

  /** A finite number above 0. */
  public double above0(String key) {
    return get(key)
        .filter(Double.class::isInstance)
        .map(Double.class::cast)
        .filter(n -> n > 0 && Double.isFinite(n))
        .orElseThrow(() -> wrong(key, "a floating-point number above 0"));
  }

  /** {@link #above0}, or what holds where there is no such key. */
  public double above0(String key, double otherwise) {
    return has(key) ? above0(key) : otherwise;
  }

  /** Keys that begin with {@code prefix} and that nobody asked for. */
  public List<String> unasked(String prefix) {
    return values.keySet().stream()
        .filter(key -> key.startsWith(prefix) && !asked.contains(key))
        .toList();
  }

  /** The refusal of what {@code key} says. */
  public UserError wrong(String key, String allowed) {
    Object value = values.get(key);
    String found = value == null ? "nothing" : value.toString();
    String shown = found.length() > 60 ? found.substring(0, 60) + "..." : found;
    return new UserError(file + ": " + key + ": found " + shown + "; allowed " + allowed);
  }
}
