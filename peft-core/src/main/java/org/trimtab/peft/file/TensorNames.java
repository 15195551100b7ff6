package org.trimtab.peft.file;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.architecture.Names;
import org.trimtab.base.UserError;

/**
 * The tensors of a PEFT file by what their names say: without {@code base_model.} and {@code
 * model.} and the model's own prefix.
 *
 * @param whole the names in the file, by the short ones
 * @param prefix the model's, where tensors have one
 */
record TensorNames(Map<String, String> whole, Optional<String> prefix) {
  private static final List<String> WRAPPERS = List.of("base_model.model.", "base_model.");

  /** Where biases train, PEFT writes those of the head thrice: saved, copied, and frozen. */
  private static final List<String> COPIES = List.of(".original_module.", ".modules_to_save.");

  /**
   * Of the {@code names} in {@code file}.
   *
   * @param models names that modules of models may have
   * @throws UserError if two of them mean one tensor
   */
  static TensorNames of(Collection<String> names, List<Names> models, Path file) {
    List<String> own =
        names.stream().filter(name -> COPIES.stream().noneMatch(name::contains)).toList();
    Optional<String> prefix = prefix(own.stream().map(TensorNames::unwrapped).toList(), models);
    Map<String, String> whole = new LinkedHashMap<>();
    for (String name : own) {
      String wrapped = unwrapped(name);
      String other = whole.put(without(prefix, wrapped), name);
      if (other != null) {
        throw new UserError(file + ": tensors '" + other + "' and '" + name + "' are the same one");
      }
    }
    return new TensorNames(whole, prefix);
  }

  private static String without(Optional<String> prefix, String name) {
    return prefix.filter(name::startsWith).map(p -> name.substring(p.length())).orElse(name);
  }

  private static String unwrapped(String name) {
    return WRAPPERS.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(wrapper -> name.substring(wrapper.length()))
        .orElse(name);
  }

  /**
   * What stands before the layers; without layers, what a name that isn't a head's begins with.
   * Names of layers that begin with the layers themselves have none.
   */
  private static Optional<String> prefix(List<String> names, List<Names> models) {
    List<String> own = names.stream().filter(name -> !PeftHeads.owns(name)).toList();
    if (models.stream().flatMap(m -> layers(m, "")).anyMatch(at -> layered(own, at))) {
      return Optional.empty();
    }
    return models.stream()
        .filter(m -> layers(m, m.prefix()).anyMatch(at -> layered(own, at)))
        .findFirst()
        .or(
            () ->
                models.stream()
                    .filter(m -> own.stream().anyMatch(name -> name.startsWith(m.prefix())))
                    .findFirst())
        .map(Names::prefix);
  }

  private static Stream<String> layers(Names model, String prefix) {
    return model.stacks().values().stream().map(modules -> prefix + modules.layers());
  }

  /** Whether a number follows {@code layers} in one of the names. */
  private static boolean layered(List<String> names, String layers) {
    return names.stream()
        .anyMatch(
            name ->
                name.startsWith(layers)
                    && name.length() > layers.length()
                    && Character.isDigit(name.charAt(layers.length())));
  }

  /** As a file has {@code name}, that of a module's tensor or, with its own names, of a head's. */
  static String written(String name, String prefix, boolean besideModel) {
    String wrapper = WRAPPERS.get(besideModel ? 1 : 0);
    return wrapper + prefix + name;
  }
}
