package org.trimtab.task.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.task.Example;
import org.trimtab.task.Label;
import org.trimtab.task.Split;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.DelimitedFormat;
import org.trimtab.task.read.FileSpec;
import org.trimtab.task.read.JsonLines;
import org.trimtab.task.read.JsonlReader;
import org.trimtab.task.read.NumberKind;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.SpanFields;
import org.trimtab.task.read.TableFile;
import org.trimtab.task.read.TableReader;

/** Rows and columns of data files: what is read of them, and what is refused. */
class DataRowsTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final Optional<String> LABEL = Optional.of("label");
  private static final ClassKind KIND =
      new ClassKind(List.of(new Label("0", "bad"), new Label("1", "good")));
  @TempDir Path folder = Path.of("");

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data"), text);
  }

  private TableReader<Integer> reader(DelimitedFormat format, TableFile spec, String tabs)
      throws IOException {
    String text = format == DelimitedFormat.CSV ? tabs.replace('\t', ',') : tabs;
    return new TableReader<>(file(text), spec, format, false, KIND);
  }

  private static TableFile named(String text, Optional<String> pair, Optional<String> label) {
    return new TableFile("data", true, text, pair, label);
  }

  private static TableFile unnamed(String text, Optional<String> label) {
    return new TableFile("data", false, text, NONE, label);
  }

  private static List<String> texts(Split<?> split) {
    return split.examples().stream().map(Example::text).toList();
  }

  private static List<String> sources(Split<?> split) {
    return split.examples().stream()
        .map(e -> e.source().substring(e.source().lastIndexOf(':')))
        .toList();
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String message) {
    assertThatThrownBy(action).isInstanceOf(UserError.class).hasMessageEndingWith(message);
  }

  @ParameterizedTest
  @EnumSource(DelimitedFormat.class)
  void aRowWithMoreCellsThanColumnsIsRefused(DelimitedFormat format) throws IOException {
    TableReader<Integer> header =
        reader(format, named("text", NONE, LABEL), "label\ttext\n0\tx\n1\tgood\tfilm\n");
    refused(() -> header.read("train", false), "data:3: found 3 columns; expected 2");
    TableReader<Integer> plain = reader(format, unnamed("1", Optional.of("0")), "0\tx\n1\ta\tb\tc");
    refused(() -> plain.read("train", false), "data:2: found 4 columns; expected 2");
    TableReader<Integer> last =
        reader(format, named("text", NONE, Optional.of("last")), "text\tlabel\ngood\tfilm\t1\n");
    refused(() -> last.read("train", false), "data:2: found 3 columns; expected 2");
  }

  @ParameterizedTest
  @EnumSource(DelimitedFormat.class)
  void anEmptyCellBehindTheLastColumnLosesNothing(DelimitedFormat format) throws IOException {
    TableReader<Integer> reader =
        reader(format, named("text", NONE, LABEL), "label\ttext\n1\tgood\t\t\n");
    assertThat(texts(reader.read("train", false))).containsExactly("good");
  }

  @Test
  void aCommaWithinQuotationMarksIsNoColumn() throws IOException {
    TableReader<Integer> reader =
        reader(DelimitedFormat.CSV, named("text", NONE, LABEL), "label,text\n1,\"good, film\"\n");
    assertThat(texts(reader.read("train", false))).containsExactly("good, film");
  }

  @ParameterizedTest
  @EnumSource(DelimitedFormat.class)
  void twoColumnsOfOneNameAreRefusedWhereTheNameIsRead(DelimitedFormat format) throws IOException {
    String text = "id\ttext\tlabel\ttext\tid\n7\ta\t1\tb\t8\n";
    TableReader<Integer> named = reader(format, named("text", NONE, LABEL), text);
    refused(
        () -> named.read("train", false),
        "data:1: two columns 'text'; allowed their numbers, 1 or 3");
    TableReader<Integer> numbered = reader(format, named("3", NONE, LABEL), text);
    assertThat(texts(numbered.read("train", false))).containsExactly("b");
    refused(() -> numbered.readNumbered("test", false), "data:1: two columns 'id'; allowed one");
  }

  @Test
  void aNameOfTheHeaderComesBeforeAPosition() throws IOException {
    TableReader<Integer> reader =
        reader(
            DelimitedFormat.TSV,
            named("1", NONE, Optional.of("last")),
            "1\tlast\tother\nx\t0\ty\n");
    Split<Integer> split = reader.read("train", false);
    assertThat(texts(split)).containsExactly("x");
    assertThat(split.gold()).containsExactly(0);
  }

  @ParameterizedTest
  @CsvSource({"text, text, label, pair", "text, pair, text, label", "text, pair, pair, label"})
  void oneNameInTwoRolesIsRefusedAtItsKey(String text, String pair, String label, String key) {
    assertThatThrownBy(() -> named(text, Optional.of(pair), Optional.of(label)))
        .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.key()).isEqualTo(key));
    assertThatThrownBy(() -> new FileSpec("f", text, Optional.of(pair), Optional.of(label), NONE))
        .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.key()).isEqualTo(key));
  }

  @Test
  void oneFieldInTwoRolesIsRefusedOfGroupsSpansAndChoices() {
    assertThatThrownBy(() -> new FileSpec("f", "text", NONE, LABEL, LABEL))
        .isInstanceOf(Invalid.class)
        .hasMessage("found label, which label is already");
    assertThat(new FileSpec("f", "text", NONE, LABEL, Optional.of("text")).group())
        .contains("text");
    Optional<String> at = Optional.of("at");
    assertThatThrownBy(() -> new SpanFields(SpanFields.Part.TEXT, at, at, NONE, NONE))
        .isInstanceOf(Invalid.class)
        .hasMessage("found at, which start is already");
    assertThatThrownBy(() -> choice("label", List.of("a", "b"))).hasMessageContaining("text");
    assertThatThrownBy(() -> choice("text", List.of("a", "label")))
        .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.key()).isEqualTo("choices[1]"));
  }

  private MultipleChoiceTaskConfig choice(String text, List<String> choices) {
    return new MultipleChoiceTaskConfig(
        "c",
        folder,
        "f",
        "f",
        NONE,
        text,
        NONE,
        Map.of(),
        choices,
        "label",
        List.of("accuracy"),
        "accuracy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "01", "last"})
  void oneColumnInTwoRolesIsRefusedHoweverItIsCalled(String label) throws IOException {
    TableReader<Integer> reader =
        reader(DelimitedFormat.TSV, named("text", NONE, Optional.of(label)), "id\ttext\n1\t0\n");
    refused(
        () -> reader.read("train", false),
        "data:1: column 1 is both text and label; allowed a column for each");
  }

  @ParameterizedTest
  @CsvSource({"index, 7 0 3", "id, 7 0 3", "idx, 7 0 3", "number, 0 1 2"})
  void testRowsHaveTheNumbersOfTheirFileOrOfTheirPlaces(String name, String numbers)
      throws IOException {
    TableReader<Integer> reader =
        reader(
            DelimitedFormat.TSV,
            named("text", NONE, NONE),
            "text\t" + name + "\na\t7\nb\t0\nc\t3\n");
    assertThat(idx(reader.readNumbered("test", false))).isEqualTo(numbers);
    assertThat(idx(reader.read("dev", false))).isEqualTo("- - -");
  }

  private static String idx(Split<?> split) {
    return split.examples().stream()
        .map(e -> e.origin().idx().isEmpty() ? "-" : e.origin().idx().get(0).toString())
        .collect(java.util.stream.Collectors.joining(" "));
  }

  @Test
  void aNumberThatCannotBeReadIsNone() throws IOException {
    TableReader<Integer> reader =
        reader(
            DelimitedFormat.TSV,
            named("text", NONE, NONE),
            "id\ttext\n0\ta\n01\tb\n2.0\tc\nx\td\n\te\n99999999999\tf\n");
    assertThat(idx(reader.readNumbered("test", false))).isEqualTo("0 - - - - -");
  }

  @Test
  void aShortRowIsToldAndRenumbersNothing() throws IOException {
    for (String header : List.of("id\tquestion1\tquestion2", "no\tquestion1\tquestion2")) {
      TableReader<Integer> reader =
          new TableReader<>(
              file(header + "\n0\ta\tb\n1\tbroken\n\n2\tc\td\n"),
              named("question1", Optional.of("question2"), NONE),
              DelimitedFormat.TSV,
              true,
              KIND);
      Split<Integer> split = reader.readNumbered("test", false);
      assertThat(split.skipped()).containsExactly(folder.resolve("data") + ":3");
      assertThat(texts(split)).containsExactly("a", "c");
      assertThat(idx(split)).isEqualTo("0 2");
    }
  }

  private static final String BLANK = "\uFEFF\n%s\r\n\n \t \n%s\n\u3000\n\n%s\n\n";

  @Test
  void blankLinesAreNoRowsInAnyFormat() throws IOException {
    String csv = BLANK.formatted("label,text", "0,a", "1,\"b\n\nc\"");
    TableReader<Integer> ofCsv =
        new TableReader<>(file(csv), named("text", NONE, LABEL), DelimitedFormat.CSV, false, KIND);
    Split<Integer> commas = ofCsv.read("train", false);
    assertThat(texts(commas)).containsExactly("a", "b\n\nc");
    assertThat(sources(commas)).containsExactly(":5", ":8");
    String tsv = BLANK.replace("\t", "").formatted("label\ttext", "0\ta", "1\tb");
    TableReader<Integer> ofTsv =
        new TableReader<>(file(tsv), named("text", NONE, LABEL), DelimitedFormat.TSV, false, KIND);
    Split<Integer> tabs = ofTsv.read("train", false);
    assertThat(texts(tabs)).containsExactly("a", "b");
    assertThat(sources(tabs)).containsExactly(":5", ":8");
    JsonlReader<Integer> lines =
        new JsonlReader<>(new FileSpec("", "text", NONE, LABEL, NONE), List.of(), KIND);
    String json = "{\"text\": \"%s\", \"label\": %d}";
    Split<Integer> objects =
        JsonLines.read(
            "train",
            file(BLANK.formatted("", json.formatted("a", 0), json.formatted("b", 1))),
            false,
            line -> List.of(lines.example(line)));
    assertThat(texts(objects)).containsExactly("a", "b");
    assertThat(sources(objects)).containsExactly(":5", ":8");
  }

  @Test
  void aFileOfBlankLinesHoldsNoExamples() throws IOException {
    for (DelimitedFormat format : DelimitedFormat.values()) {
      TableReader<Integer> reader = reader(format, unnamed("0", NONE), "\n  \n\n");
      refused(() -> reader.read("train", false), "data: holds no examples");
    }
    Path file = file("\n\n");
    refused(
        () -> JsonLines.read("train", file, false, line -> List.<Example<Integer>>of()),
        "data: holds no examples");
  }

  @Test
  void emptyCellsAndQuotedNothingAreRows() throws IOException {
    TableReader<Integer> tabs = reader(DelimitedFormat.TSV, unnamed("0", NONE), "\t\na\t\n");
    assertThat(texts(tabs.read("test", false))).containsExactly("", "a");
    TableReader<Integer> quoted = reader(DelimitedFormat.CSV, unnamed("0", NONE), "\"\"\na\n");
    assertThat(texts(quoted.read("test", false))).containsExactly("", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3d", "3f", "0x1p1", "NaN", "Infinity", "1e999", "", "2,5", "6", "-1"})
  void aRegressionsNumbersAreDecimal(String score) throws IOException {
    TableReader<Double> reader =
        new TableReader<>(
            file("text\tscore\na\t2.5\nb\t" + score + "\n"),
            named("text", NONE, Optional.of("score")),
            DelimitedFormat.TSV,
            false,
            new NumberKind(new Range(0, 5)));
    refused(
        () -> reader.read("train", false),
        "data:3: label '" + score + "' is unknown; allowed a number from 0.0 to 5.0");
  }

  @Test
  void furtherPartsHaveNamesOfTheirOwn() {
    assertThatThrownBy(() -> parts(Map.of("dev", named("t", NONE, LABEL)), Map.of()))
        .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.key()).isEqualTo("further.dev"));
    TableFile more = named("t", NONE, LABEL);
    assertThatThrownBy(() -> parts(Map.of("more", more), Map.of("more", more)))
        .isInstanceOfSatisfying(
            Invalid.class, e -> assertThat(e.key()).isEqualTo("furtherTests.more"));
  }

  private TableTaskConfig parts(Map<String, TableFile> further, Map<String, TableFile> tests) {
    TableFile file = named("text", NONE, LABEL);
    return new TableTaskConfig(
        "t",
        folder,
        DelimitedFormat.TSV,
        file,
        file,
        further,
        Optional.empty(),
        tests,
        Optional.of(KIND.labels()),
        Optional.empty(),
        List.of("accuracy"),
        "accuracy",
        false);
  }
}
