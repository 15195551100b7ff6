package org.trimtab.config;

/** One thing wrong in a configuration; its text is one complete line. */
record Problem(Location location, String key, String message) {
  @Override
  public String toString() {
    return location + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
