package org.trimtab.experiments.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** What a page is made of, from the class path. */
final class Resources {
  private static final String D3 = "/META-INF/maven/org.webjars.npm/d3/pom.properties";

  private Resources() {}

  /** Files of this package. */
  static List<String> texts(List<String> names) {
    return names.stream().map(Resources::text).toList();
  }

  /** D3, with its licence. */
  static String d3() {
    String folder = "/META-INF/resources/webjars/d3/" + version() + "/";
    return "/*\nD3, https://d3js.org\n\n"
        + text(folder + "LICENSE")
        + "*/\n"
        + text(folder + "dist/d3.min.js");
  }

  /** The webjar has its version in its paths; asking for it keeps the number in the POM alone. */
  private static String version() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text(D3)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  /** A file of this package, or of the class path's root where the name begins with a slash. */
  static String text(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
