package org.trimtab.config;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.json.UserError;

/**
 * Reads an experiment: the program's defaults, under the files that it extends, under the file
 * itself, under the command line's settings.
 */
public final class ConfigLoader {
  private final ConfigTypes types;
  private final Optional<URL> defaults;
  private final Variables variables;

  /**
   * A loader of experiments.
   *
   * @param defaults a YAML resource that lies under every experiment
   */
  public ConfigLoader(ConfigTypes types, Optional<URL> defaults, Variables variables) {
    this.types = types;
    this.defaults = defaults;
    this.variables = variables;
  }

  /**
   * Loads {@code file}.
   *
   * @param sets the command line's settings, {@code key=value} each
   * @throws UserError with all that is wrong, a line each
   */
  public <T> T load(Path file, List<String> sets, Class<T> type) {
    Problems problems = new Problems();
    ConfigNode node = read(file, new ArrayList<>(), problems);
    for (String set : sets) {
      node = set(set, problems).over(node);
    }
    if (defaults.isPresent()) {
      node = node.over(new Defaults(problems).read(defaults.get()));
    }
    Optional<?> value =
        new Binder(types, new Defaults(problems), variables, problems).bind(type, node, "");
    problems.throwIfAny();
    return type.cast(value.orElseThrow());
  }

  private ConfigNode read(Path file, List<Path> readers, Problems problems) {
    ConfigNode node = YamlParser.parse(text(file), file.toString(), problems);
    if (node.kind() != ConfigNode.Kind.MAPPING) {
      throw new UserError(node.location() + ": found " + node.found() + "; allowed a mapping");
    }
    readers.add(file.toAbsolutePath().normalize());
    ConfigNode result = node.without("extends");
    List<ConfigNode> bases = node.find("extends").map(ConfigLoader::bases).orElse(List.of());
    for (int i = bases.size() - 1; i >= 0; i--) {
      result = result.over(base(file, bases.get(i), readers, problems));
    }
    readers.remove(readers.size() - 1);
    return result;
  }

  private static List<ConfigNode> bases(ConfigNode node) {
    return node.kind() == ConfigNode.Kind.SEQUENCE ? node.items() : List.of(node);
  }

  private ConfigNode base(Path file, ConfigNode name, List<Path> readers, Problems problems) {
    Path base = file.resolveSibling(name.text()).normalize();
    if (name.kind() != ConfigNode.Kind.SCALAR || !Files.isRegularFile(base)) {
      throw new UserError(
          name.location() + ": extends: there is no such file; found " + name.found());
    }
    if (readers.contains(base.toAbsolutePath().normalize())) {
      throw new UserError(
          name.location() + ": extends: a circle; " + base + " already extends this file");
    }
    return read(base, readers, problems);
  }

  /** One setting as a tree, so that it merges like a file. */
  private static ConfigNode set(String set, Problems problems) {
    String origin = "--set " + set;
    int equals = set.indexOf('=');
    String key = equals < 0 ? "" : set.substring(0, equals).strip();
    if (!key.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*")) {
      throw new UserError(origin + ": allowed key=value, such as train.lr=1e-3");
    }
    Location location = new Location(origin, 0, 0);
    String text = set.substring(equals + 1);
    ConfigNode value =
        text.isBlank()
            ? ConfigNode.scalar(location, "", false)
            : relocated(YamlParser.parse(text, origin, problems), location);
    String[] path = key.split("\\.", -1);
    for (int i = path.length - 1; i >= 0; i--) {
      Map<String, ConfigNode.Entry> entry = new LinkedHashMap<>();
      entry.put(path[i], new ConfigNode.Entry(location, value));
      value = ConfigNode.mapping(location, entry);
    }
    return value;
  }

  private static ConfigNode relocated(ConfigNode node, Location location) {
    return switch (node.kind()) {
      case SCALAR -> ConfigNode.scalar(location, node.text(), node.quoted());
      case SEQUENCE ->
          ConfigNode.sequence(
              location, node.items().stream().map(i -> relocated(i, location)).toList());
      case MAPPING -> {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        node.entries()
            .forEach(
                (key, entry) ->
                    entries.put(
                        key, new ConfigNode.Entry(location, relocated(entry.value(), location))));
        yield ConfigNode.mapping(location, entries);
      }
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": there is no such file", e);
    } catch (MalformedInputException e) {
      throw new UserError(file + ": not UTF-8", e);
    } catch (IOException e) {
      throw new UserError(file + ": can't be read: " + e.getMessage(), e);
    }
  }
}
