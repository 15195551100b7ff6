package org.trimtab.experiments.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.base.FileErrors;
import org.trimtab.base.SystemPath;
import org.trimtab.config.Suggestion;

/** The task, method and backbone files that come with Trimtab, each by its name. */
public final class ShippedFiles {
  private static final String HOME = "trimtab.home";
  private final Path configs;

  /**
   * Those of a folder.
   *
   * @param configs with a folder for each kind
   */
  public ShippedFiles(Path configs) {
    this.configs = configs;
  }

  /** Those beside the program, which the launcher's {@code trimtab.home} says. */
  public static ShippedFiles installed() {
    Path here = SystemPath.real(Path.of(""));
    Path home = SystemPath.real(Path.of(System.getProperty(HOME, ".")));
    return new ShippedFiles(
        (home.startsWith(here) ? here.relativize(home) : home).resolve("configs"));
  }

  /** All of a kind, by their names; none where the program runs without its folder. */
  public List<ShippedFile> all(ShippedFile.Kind kind) {
    Path folder = configs.resolve(kind.folder());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> YamlFile.hasEnding(file.toString()))
          .sorted()
          .map(file -> new ShippedFile(kind, YamlFile.name(file), file))
          .toList();
    } catch (IOException e) {
      throw FileErrors.unreadable(folder, e);
    }
  }

  /** The one of a name, of one of {@code kinds}. */
  public Optional<ShippedFile> find(String name, ShippedFile.Kind... kinds) {
    return all(kinds).filter(file -> file.name().equals(name)).findFirst();
  }

  private Stream<ShippedFile> all(ShippedFile.Kind... kinds) {
    return Stream.of(kinds).flatMap(kind -> all(kind).stream());
  }

  /** For messages, where {@link #find} finds none: the names that there are, and the nearest. */
  public String refusal(String name, ShippedFile.Kind... kinds) {
    String allowed =
        Stream.of(kinds)
            .map(kind -> "of the " + kind.folder() + " " + String.join(", ", names(kind)))
            .collect(Collectors.joining("; "));
    return "no such file, and no such name; found "
        + name
        + "; allowed a file; "
        + allowed
        + Suggestion.of(name, all(kinds).map(ShippedFile::name).toList());
  }

  private List<String> names(ShippedFile.Kind kind) {
    return all(kind).stream().map(ShippedFile::name).toList();
  }

  /** The one that {@code file} is, however the path of its folder is written. */
  public Optional<ShippedFile> at(Path file) {
    Path folder = SystemPath.real(file.resolveSibling(""));
    return Stream.of(ShippedFile.Kind.values())
        .filter(kind -> folder.startsWith(folder(kind)) && Files.isRegularFile(file))
        .map(kind -> new ShippedFile(kind, YamlFile.name(file), file))
        .findFirst();
  }

  private Path folder(ShippedFile.Kind kind) {
    return SystemPath.real(configs.resolve(kind.folder()));
  }
}
