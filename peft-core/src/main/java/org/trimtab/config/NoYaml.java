package org.trimtab.config;

/** Why a text is no YAML, with the line and the column of it, from 1. */
final class NoYaml extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;
  private final int column;

  NoYaml(int line, int column, String problem) {
    super(problem);
    this.line = line;
    this.column = column;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }
}
