package org.trimtab.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** One thing wrong in a configuration; its text is one complete line. */
record Problem(Location location, String key, String message) {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  @Override
  public String toString() {
    String line = location + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    return CONTROL
        .matcher(line)
        .replaceAll(c -> String.format(Locale.ROOT, "\\\\x%02x", (int) c.group().charAt(0)));
  }
}
