package org.trimtab.experiments.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.trimtab.experiments.config.ShippedFile;
import org.trimtab.experiments.config.ShippedFiles;

/** Lists names that {@code run} and sweeps take, each with what it means. */
final class ShippedNames {
  private ShippedNames() {}

  static void print(ShippedFiles shipped, ShippedFile.Kind kind, PrintWriter out) {
    shipped.all(kind).forEach(file -> out.println(line(file.name(), file.description())));
    out.flush();
  }

  static String line(String name, String meaning) {
    return String.format(Locale.ROOT, "%-20s %s", name, meaning);
  }
}
