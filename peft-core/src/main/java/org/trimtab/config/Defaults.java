package org.trimtab.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * Default values that come with the program, as YAML resources. Their place has no line: what is
 * wrong with a default is told where a user's file can say otherwise.
 */
record Defaults(Problems problems) {
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
