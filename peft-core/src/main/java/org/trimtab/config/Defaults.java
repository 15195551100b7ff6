package org.trimtab.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Default values that come with the program, as YAML resources. */
record Defaults(Problems problems) {
  ConfigNode read(URL resource) {
    try (InputStream in = resource.openStream()) {
      String path = resource.getPath();
      String name = "defaults/" + path.substring(path.lastIndexOf('/') + 1);
      return YamlParser.parse(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), name, problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
