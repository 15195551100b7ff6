package org.trimtab.tokenizer;

/** Texts as messages quote them. */
public final class Quoted {
  private static final int SHOWN = 40;

  private Quoted() {}

  /** The beginning of {@code text} on one line, between quotation marks. */
  public static String of(String text) {
    String line = text.replaceAll("\\s+", " ");
    return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "'";
  }
}
