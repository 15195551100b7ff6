package org.trimtab.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.trimtab.base.Better;

/** Names with signs of LaTeX's and Markdown's own are read in a report as they are. */
class MarkupTest {
  private static final List<String> NAMES =
      List.of(
          "a^b~c$d\\e{f}|g<b>",
          "[0.5] *first* __x__ snake_case_",
          "100 % & #1 #",
          "x -- y --- z ,, 'q' ''r'' \"s\" ``t`` ?`",
          "\\textbf{x} \\\\ \\| $\\pm$",
          "<img src=x onerror='y'></b> &amp; &#35;",
          "![i](j) [k](l) ~~m~~ `n` ==o==",
          "%{$}^^M ~~",
          "* star",
          "é ± 日");

  private static final Map<String, String> COMMANDS =
      Map.ofEntries(
          Map.entry("textbackslash{}", "\\"),
          Map.entry("textasciicircum{}", "^"),
          Map.entry("textasciitilde{}", "~"),
          Map.entry("textless{}", "<"),
          Map.entry("textgreater{}", ">"),
          Map.entry("textbar{}", "|"),
          Map.entry("textquotedbl{}", "\""),
          Map.entry("textquotesingle{}", "'"),
          Map.entry("textasciigrave{}", "`"));

  /**
   * One piece of a cell: an escaped sign, a command, a group, math that we write, or plain text.
   */
  private static final Pattern LATEX =
      Pattern.compile(
          "\\\\([{}$&#_%])|\\\\(text[a-z]+\\{})|\\{([\\[*]?)}|(\\$\\\\pm\\$)|([^\\\\{}$&#_%^~<>|\"'`])");

  private static final Pattern MARKDOWN =
      Pattern.compile(
          "\\\\([\\\\`*{}\\[\\]<>|~#&$_+])|((?<=[\\p{L}\\p{N}])_(?=[\\p{L}\\p{N}]))"
              + "|([^\\\\`*{}\\[\\]<>|~#&$_])");

  /** What TeX prints for a cell; whatever it would take for something else is refused. */
  private static String latex(String cell) {
    assertThat(cell).doesNotContain("--", ",,").doesNotMatch("[\\[*].*");
    StringBuilder text = new StringBuilder();
    Matcher piece = LATEX.matcher(cell);
    int at = 0;
    while (at < cell.length()) {
      assertThat(piece.find(at) && piece.start() == at).as("%s at %d", cell, at).isTrue();
      String command = piece.group(2);
      assertThat(command == null || COMMANDS.containsKey(command)).as(cell).isTrue();
      text.append(command == null ? "" : COMMANDS.get(command));
      text.append(piece.group(4) == null ? "" : "±");
      for (int group : new int[] {1, 3, 5}) {
        text.append(piece.group(group) == null ? "" : piece.group(group));
      }
      at = piece.end();
    }
    return text.toString();
  }

  /** What Markdown shows of a line; whatever it would take for markup is refused. */
  private static String markdown(String line) {
    StringBuilder text = new StringBuilder();
    Matcher piece = MARKDOWN.matcher(line);
    int at = 0;
    while (at < line.length()) {
      assertThat(piece.find(at) && piece.start() == at).as("%s at %d", line, at).isTrue();
      for (int group = 1; group <= 3; group++) {
        text.append(piece.group(group) == null ? "" : piece.group(group));
      }
      at = piece.end();
    }
    return text.toString();
  }

  private static Report report() {
    List<Report.TaskColumn> tasks = new ArrayList<>();
    List<Report.Row> rows = new ArrayList<>();
    for (String name : NAMES) {
      tasks.add(
          new Report.TaskColumn(
              "t " + name,
              "m " + name,
              Better.HIGHER,
              true,
              "dev",
              8,
              OptionalDouble.of(0.5),
              false));
    }
    for (String name : NAMES) {
      List<Report.Cell> cells =
          NAMES.stream()
              .map(
                  task ->
                      new Report.Cell(
                          task, List.of(), Optional.empty(), Optional.empty(), Optional.empty()))
              .toList();
      rows.add(new Report.Row(name, name, Map.of(), cells, Optional.empty()));
    }
    Map<String, List<String>> provenance = Map.of(NAMES.get(0), NAMES);
    String reference = NAMES.get(0) + "\n\\end{tabular}";
    return new Report(
        NAMES.get(0), "now", reference, List.of(), tasks, rows, List.of(), provenance);
  }

  @Test
  void everyRowOfTheLatexTableIsReadAsItIs() {
    List<String> lines = TextReports.latex(report()).lines().toList();
    List<List<String>> found =
        lines.stream()
            .filter(line -> line.endsWith(" \\\\"))
            .map(line -> line.substring(0, line.length() - 3).split(" & ", -1))
            .map(cells -> List.of(cells).stream().map(MarkupTest::latex).toList())
            .toList();
    MainTable table = new MainTable(report(), "±");
    List<List<String>> expected =
        new ArrayList<>(List.of(table.header(), table.metrics(), table.baselines()));
    report().rows().forEach(row -> expected.add(table.row(row)));
    assertThat(found).isEqualTo(expected);
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("%") && !line.endsWith(" \\\\"))
        .containsExactly(
            "\\begin{tabular}{lrrrrrrrrrrrrrr}",
            "\\toprule",
            "\\midrule",
            "\\midrule",
            "\\bottomrule",
            "\\end{tabular}");
  }

  @Test
  void everyLineOfTheMarkdownIsReadAsItIs() {
    List<String> lines = TextReports.markdown(report()).lines().toList();
    assertThat(markdown(lines.get(0).substring("# ".length()))).isEqualTo("Sweep " + NAMES.get(0));
    List<List<String>> found =
        lines.stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.substring(2, line.length() - 2).split("(?<!\\\\) \\| ", -1))
            .map(cells -> List.of(cells).stream().map(MarkupTest::markdown).toList())
            .toList();
    MainTable table = new MainTable(report(), " ± ");
    assertThat(found.get(0)).isEqualTo(table.header());
    for (int i = 0; i < NAMES.size(); i++) {
      assertThat(found.get(4 + i)).isEqualTo(table.row(report().rows().get(i)));
    }
    assertThat(found.get(found.size() - 1))
        .isEqualTo(List.of(NAMES.get(0), String.join(" · ", NAMES)));
    assertThat(lines).filteredOn(line -> line.startsWith("- ")).hasSize(3);
    lines.stream()
        .filter(line -> line.startsWith("- "))
        .forEach(line -> assertThat(markdown(line.substring(2))).isNotEmpty());
    assertThat(lines).contains("- No mark: these seeds and items can't tell the two apart.");
    assertThat(lines).noneMatch(line -> line.startsWith("- +"));
  }

  @Test
  void signsAreWrittenByTheirCommands() {
    assertThat(Markup.latex(NAMES.get(0)))
        .isEqualTo(
            "a\\textasciicircum{}b\\textasciitilde{}c\\$d\\textbackslash{}e\\{f\\}\\textbar{}g"
                + "\\textless{}b\\textgreater{}");
    assertThat(Markup.markdown(NAMES.get(0))).isEqualTo("a^b\\~c\\$d\\\\e\\{f\\}\\|g\\<b\\>");
    assertThat(Markup.latex("[x]")).isEqualTo("{[}x]");
    assertThat(Markup.latex("a--b\tc\nd")).isEqualTo("a-{}-b c d");
    assertThat(Markup.markdown("snake_case _x_\r\n# y")).isEqualTo("snake_case \\_x\\_ \\# y");
    assertThat(Markup.markdown("+ better")).isEqualTo("\\+ better");
  }
}
