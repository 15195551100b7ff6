package org.trimtab.peft.file;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.family.bert.BertConfig;

/**
 * The tensors of a PEFT file by what their names say: without {@code base_model.} and {@code
 * model.} and the model's own prefix.
 *
 * @param whole the names in the file, by the short ones
 * @param family whose prefix the names have, where any has one
 */
record TensorNames(Map<String, String> whole, Optional<String> family) {
  private static final List<String> WRAPPERS = List.of("base_model.model.", "base_model.");

  /** Where biases train, PEFT writes those of the head thrice: saved, copied, and frozen. */
  private static final List<String> COPIES = List.of(".original_module.", ".modules_to_save.");

  /**
   * Of the {@code names} in {@code file}.
   *
   * @throws UserError if two of them mean one tensor
   */
  static TensorNames of(Collection<String> names, Path file) {
    Map<String, String> whole = new LinkedHashMap<>();
    Optional<String> family = Optional.empty();
    for (String name : names) {
      if (COPIES.stream().noneMatch(name::contains)) {
        String wrapped = unwrapped(name);
        Optional<String> prefix = family(wrapped);
        String other =
            whole.put(wrapped.substring(prefix.map(f -> f.length() + 1).orElse(0)), name);
        if (other != null) {
          throw new UserError(
              file + ": tensors '" + other + "' and '" + name + "' are the same one");
        }
        family = prefix.isPresent() ? prefix : family;
      }
    }
    return new TensorNames(whole, family);
  }

  private static String unwrapped(String name) {
    return WRAPPERS.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(wrapper -> name.substring(wrapper.length()))
        .orElse(name);
  }

  private static Optional<String> family(String name) {
    return BertConfig.FAMILIES.stream().filter(f -> name.startsWith(f + ".")).findFirst();
  }

  /** As a file has {@code name}, that of a module's tensor or of the head's. */
  static String written(String name, String family, boolean besideModel) {
    String wrapper = WRAPPERS.get(besideModel ? 1 : 0);
    boolean ofHead = PeftHead.owns(name);
    return wrapper + (ofHead ? "" : family + ".") + name;
  }
}
