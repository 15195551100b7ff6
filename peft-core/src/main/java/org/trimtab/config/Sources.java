package org.trimtab.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.SystemPath;
import org.trimtab.base.TextFile;

/** Files under the files that extend them, as one tree. */
final class Sources {
  /** Of what is said where there are no files. */
  private static final Location NOWHERE = new Location("settings", 0, 0);

  private final Problems problems;
  private final List<Path> readers = new ArrayList<>();

  Sources(Problems problems) {
    this.problems = problems;
  }

  /** Reads each of {@code files}; a later one lies over an earlier one. */
  ConfigNode read(List<Path> files) {
    ConfigNode result = ConfigNode.mapping(NOWHERE, Map.of());
    for (Path file : files) {
      result = read(file).over(result);
    }
    return result;
  }

  /**
   * Reads {@code file} and all that it extends.
   *
   * @throws org.trimtab.base.UserError where a file can't be read at all
   */
  ConfigNode read(Path file) {
    ConfigNode node = YamlParser.parse(new TextFile(file).text(), file.toString(), problems);
    if (node.kind() != ConfigNode.Kind.MAPPING) {
      problems.addUnreadable(
          node.location(), "", "not allowed; found " + node.found() + "; allowed a mapping");
      return ConfigNode.mapping(node.location(), Map.of());
    }
    readers.add(SystemPath.real(file));
    ConfigNode result = node.without("extends");
    List<ConfigNode> bases = node.find("extends").map(Sources::bases).orElse(List.of());
    for (int i = bases.size() - 1; i >= 0; i--) {
      Optional<ConfigNode> base = base(file, bases.get(i)).map(this::read);
      result = base.isPresent() ? result.over(base.get()) : result;
    }
    readers.remove(readers.size() - 1);
    return result;
  }

  private static List<ConfigNode> bases(ConfigNode node) {
    return node.kind() == ConfigNode.Kind.SEQUENCE ? node.items() : List.of(node);
  }

  /** The file that {@code name} names; empty after a problem was noted. */
  private Optional<Path> base(Path file, ConfigNode name) {
    Optional<Path> tried = name.text().isBlank() ? Optional.empty() : sibling(file, name);
    Optional<Path> base = tried.filter(Files::isRegularFile);
    if (base.isEmpty()) {
      problems.addUnreadable(
          name.location(),
          "extends",
          "there is no such file; found "
              + name.found()
              + tried.map(path -> ", which is " + path).orElse("")
              + "; allowed a file, or a list of files");
    } else if (readers.contains(SystemPath.real(base.get()))) {
      problems.addUnreadable(
          name.location(), "extends", "a circle; " + base.get() + " already extends this file");
      return Optional.empty();
    }
    return base;
  }

  private static Optional<Path> sibling(Path file, ConfigNode name) {
    try {
      return Optional.of(SystemPath.shortened(file.resolveSibling(name.text())));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
