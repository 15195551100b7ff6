package org.trimtab.experiments.report;

/** Texts as they are read, written for LaTeX and for Markdown. */
final class Markup {
  private Markup() {}

  /**
   * For a cell of a table in LaTeX, with the fonts of {@code T1} and {@code textcomp}: a command
   * for each sign that has a meaning of its own, and none that the font draws as another one.
   */
  static String latex(String text) {
    String line = oneLine(text);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char sign = line.charAt(i);
      // behind the end of a row, \\, these would be its arguments
      boolean argument = i == 0 && (sign == '[' || sign == '*');
      boolean ligature = i > 0 && sign == line.charAt(i - 1) && "-,".indexOf(sign) >= 0;
      out.append(argument ? "{" + sign + "}" : (ligature ? "{}" : "") + latex(sign));
    }
    return out.toString();
  }

  private static String latex(char sign) {
    return switch (sign) {
      case '{', '}', '$', '&', '#', '_', '%' -> "\\" + sign;
      case '\\' -> "\\textbackslash{}";
      case '^' -> "\\textasciicircum{}";
      case '~' -> "\\textasciitilde{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      case '\'' -> "\\textquotesingle{}";
      case '`' -> "\\textasciigrave{}";
      case '±' -> "$\\pm$";
      default -> String.valueOf(sign);
    };
  }

  /** For a line of Markdown, or a cell of one of its tables. */
  static String markdown(String text) {
    String line = oneLine(text);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char sign = line.charAt(i);
      boolean within = i > 0 && i + 1 < line.length() && isInWord(line, i);
      boolean item = i == 0 && line.startsWith("+ ");
      if (item || "\\`*{}[]<>|~#&$".indexOf(sign) >= 0 || (sign == '_' && !within)) {
        out.append('\\');
      }
      out.append(sign);
    }
    return out.toString();
  }

  /** An underscore within a word is one, which is easier to read than its escape. */
  private static boolean isInWord(String line, int at) {
    return Character.isLetterOrDigit(line.charAt(at - 1))
        && Character.isLetterOrDigit(line.charAt(at + 1));
  }

  /** Line ends and tabs end neither a cell nor a comment. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
  }
}
