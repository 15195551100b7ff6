package org.trimtab.experiments.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trimtab.base.UserError;

/**
 * The files that together say an experiment.
 *
 * @param files a later one lies over an earlier one
 * @param name theirs, joined by {@code -}; shipped ones in the order task, method, backbone, so
 *     that an experiment is called the same in whatever order they are told
 */
public record ExperimentParts(List<Path> files, String name) {
  /** A file, and which of the shipped ones it is. */
  private record Part(String told, Path file, Optional<ShippedFile> shipped) {}

  /**
   * Of what a user tells: files, and names of shipped ones.
   *
   * @param told at least one
   * @param folder that the user is in
   * @throws UserError for a name that there isn't, and for two shipped ones of one kind
   */
  public static ExperimentParts of(List<String> told, Path folder, ShippedFiles shipped) {
    List<Part> parts = told.stream().map(one -> part(one, folder, shipped)).toList();
    for (ShippedFile.Kind kind : ShippedFile.Kind.values()) {
      requireOne(kind, parts);
    }
    return new ExperimentParts(parts.stream().map(Part::file).toList(), name(parts));
  }

  private static Part part(String told, Path folder, ShippedFiles shipped) {
    Path file = folder.resolve(told);
    if (YamlFile.isMeant(told, file)) {
      return new Part(told, file, shipped.at(file));
    }
    ShippedFile.Kind[] kinds = ShippedFile.Kind.values();
    ShippedFile named =
        shipped.find(told, kinds).orElseThrow(() -> new UserError(shipped.refusal(told, kinds)));
    return new Part(told, named.file(), Optional.of(named));
  }

  private static void requireOne(ShippedFile.Kind kind, List<Part> parts) {
    List<Part> ofKind =
        parts.stream().filter(p -> p.shipped().filter(s -> s.kind() == kind).isPresent()).toList();
    if (ofKind.size() > 1) {
      throw new UserError(
          "more than one of the "
              + kind.folder()
              + "; found "
              + ofKind.stream().map(Part::told).collect(Collectors.joining(", "))
              + "; allowed one task, one method, one backbone, and files of your own");
    }
  }

  private static String name(List<Part> parts) {
    Iterator<ShippedFile> shipped =
        parts.stream()
            .flatMap(part -> part.shipped().stream())
            .sorted(Comparator.comparing(ShippedFile::kind))
            .iterator();
    return parts.stream()
        .map(
            part -> part.shipped().isPresent() ? shipped.next().name() : YamlFile.name(part.file()))
        .collect(Collectors.joining("-"));
  }
}
