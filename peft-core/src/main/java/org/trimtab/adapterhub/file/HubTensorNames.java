package org.trimtab.adapterhub.file;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.base.UserError;

/** Names of tensors as files have them, and without the model's prefix and the adapter's name. */
final class HubTensorNames {
  /** What the adapter's name stands behind. */
  private static final String KINDS =
      "(?<kind>(?:^|.*\\.)"
          + "(?:adapters|loras|prefix_gates|prefix_tunings|prompt_tunings|shared_parameters)\\.)";

  /** A prefix is one for all layers, and the library's model has it under each of them too. */
  private static final Pattern COPY =
      Pattern.compile("encoder\\.layer\\.\\d+\\.attention\\.self\\.prefix_tuning\\.pool\\.");

  private static final String ONE = "prefix_tuning.";

  private HubTensorNames() {}

  /**
   * The {@code names} in {@code file}, by the short ones.
   *
   * @throws UserError if two of them mean one tensor, or none is the adapter's
   */
  static Map<String, String> shortened(
      Collection<String> names, String family, String adapter, Path file) {
    Pattern named = Pattern.compile(KINDS + Pattern.quote(adapter) + "\\.(?<own>.*)");
    Map<String, String> whole = new LinkedHashMap<>();
    for (String name : names) {
      String own = name.startsWith(family + ".") ? name.substring(family.length() + 1) : name;
      Matcher copy = COPY.matcher(own);
      boolean ofLayer = copy.lookingAt();
      Matcher inLayers = named.matcher(ofLayer ? copy.replaceFirst(ONE) : own);
      String key = inLayers.matches() ? inLayers.group("kind") + inLayers.group("own") : own;
      String other = whole.put(key, name);
      if (other != null && !ofLayer && !other.contains(".pool.")) {
        throw new UserError(file + ": tensors '" + other + "' and '" + name + "' are the same one");
      }
    }
    if (names.stream().noneMatch(name -> named.matcher(name).matches())) {
      throw new UserError(
          file
              + ": has no tensor of an adapter called '"
              + adapter
              + "', as adapter_config.json calls it");
    }
    return whole;
  }

  /** As a file has {@code name}. */
  static String written(String name, String family, String adapter) {
    Matcher kind = Pattern.compile(KINDS).matcher(name);
    if (!kind.lookingAt()) {
      throw new IllegalArgumentException("no kind of tensor in '" + name + "'");
    }
    return family + "." + kind.group() + adapter + "." + name.substring(kind.end());
  }
}
