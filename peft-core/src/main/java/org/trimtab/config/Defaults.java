package org.trimtab.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Default values that come with the program, as YAML resources. Their place has no line: what is
 * wrong with a default is told where a user's file can say otherwise.
 */
record Defaults(Problems problems) {
  /** What the file says that {@code written} names; nothing where it names none. */
  Optional<ConfigNode> read(Underlay underlay, ConfigNode written, Binder binder) {
    Optional<ConfigNode> named = written.find(underlay.key());
    Optional<Path> file =
        named.flatMap(node -> binder.bind(Path.class, node, underlay.key())).map(Path.class::cast);
    if (named.isPresent() && file.isEmpty()) { // what it would say isn't missing
      throw problems.error();
    }
    return file.map(
        path ->
            YamlParser.parse(underlay.source().read(path), path.toString(), problems)
                .at(Location.ofDefault(path.toString())));
  }

  ConfigNode read(URL resource) {
    try (InputStream in = resource.openStream()) {
      String path = resource.getPath();
      String name = "defaults/" + path.substring(path.lastIndexOf('/') + 1);
      return YamlParser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name, problems)
          .at(Location.ofDefault(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
