package org.trimtab.config;

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
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.Check;
import org.trimtab.base.Formerly;
import org.trimtab.base.UserError;

class ConfigLoaderTest {
  /** A kind of settings with two types. */
  public interface Shape {}

  public record Circle(double radius) implements Shape {
    public Circle {
      Check.positive("radius", radius);
    }
  }

  public record Square(int sideLength) implements Shape {}

  /** An enum of two names. */
  public enum Colour {
    LIGHT_BLUE,
    RED
  }

  public record Drawing(
      Shape shape,
      Colour colour,
      boolean filled,
      List<Integer> layers,
      Map<String, String> notes,
      Optional<String> title) {}

  private static final ConfigTypes TYPES =
      ConfigTypes.builder()
          .add(Shape.class, "circle", Circle.class)
          .add(Shape.class, "square", Square.class)
          .build();

  private static final String GOOD =
      """
      shape: {type: circle, radius: 1e-3}
      colour: light-blue
      filled: true
      layers: [1, 2]
      notes: {no: on, version: 010}
      """;

  @TempDir Path folder = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Drawing load(String text, String... sets) throws IOException {
    ConfigLoader loader = new ConfigLoader(TYPES, Optional.empty(), Variables.NONE);
    return loader.load(file("drawing.yaml", text), List.of(sets), Drawing.class);
  }

  @Test
  void bindsRecordsAndKeepsTextsAsTheyAreWritten() throws IOException {
    Drawing drawing = load(GOOD);
    assertThat(drawing.shape()).isEqualTo(new Circle(1e-3));
    assertThat(drawing.colour()).isEqualTo(Colour.LIGHT_BLUE);
    assertThat(drawing.notes()).containsEntry("no", "on").containsEntry("version", "010");
    assertThat(drawing.title()).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    String bad =
        """
        shape: {type: circel, radius: 1}
        colour: blue
        fill: true
        layers: [1, 1.5]
        notes: {}
        """;
    assertThatThrownBy(() -> load(bad))
        .isInstanceOf(UserError.class)
        .message()
        .satisfies(
            message -> {
              List<String> lines =
                  message.lines().map(line -> line.replace(folder + "/", "")).toList();
              assertThat(lines)
                  .containsExactly(
                      "drawing.yaml:1:1: filled: missing",
                      "drawing.yaml:1:15: shape.type: unknown; found circel; allowed circle,"
                          + " square; did you mean 'circle'?",
                      "drawing.yaml:2:9: colour: not allowed; found blue; allowed light-blue, red",
                      "drawing.yaml:3:1: fill: unknown key; allowed shape, colour, filled, layers,"
                          + " notes, title, extends; did you mean 'filled'?",
                      "drawing.yaml:4:13: layers[1]: not allowed; found 1.5; allowed a whole"
                          + " number");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "010, a whole number",
    "1_000, a whole number",
    "0x1F, a whole number",
    "1.0, a whole number",
    "'\"3\"', a whole number",
    "~, a whole number",
    "'', a whole number",
  })
  void wholeNumbersAreTakenByTheirRawText(String text, String allowed) {
    String bad =
        GOOD.replace("{type: circle, radius: 1e-3}", "{type: square, side_length: " + text + "}");
    assertThatThrownBy(() -> load(bad))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("drawing.yaml:1:")
        .hasMessageContaining("shape.side_length: not allowed")
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({"NaN", ".inf", "yes", "1e999"})
  void numbersAreFinite(String text) {
    assertThatThrownBy(() -> load(GOOD.replace("1e-3", text)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("shape.radius: not allowed; found " + text + "; allowed a number");
  }

  @ParameterizedTest
  @CsvSource({"yes", "on", "True", "1"})
  void truthIsTrueOrFalse(String text) {
    assertThatThrownBy(() -> load(GOOD.replace("filled: true", "filled: " + text)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("3:9: filled: not allowed; found " + text);
  }

  @Test
  void aRecordsOwnCheckIsSaidAtItsKey() {
    assertThatThrownBy(() -> load(GOOD.replace("1e-3", "0")))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "drawing.yaml:1:31: shape.radius: not allowed; found 0; allowed a number above 0");
  }

  @Test
  void duplicateKeysAnchorsAndSecondDocumentsAreRefused() {
    assertThatThrownBy(() -> load(GOOD + "filled: false\n"))
        .hasMessageContaining("drawing.yaml:6:1: filled: a duplicate key; first at");
    assertThatThrownBy(() -> load(GOOD.replace("light-blue", "&a red")))
        .hasMessageContaining("drawing.yaml:2:9: colour: an anchor is not allowed; found &a");
    assertThatThrownBy(() -> load(GOOD + "---\nx: 1\n")).hasMessageContaining("a second document");
    assertThatThrownBy(() -> load("\tshape: 1\n"))
        .hasMessageContaining("drawing.yaml:1:1: no YAML");
    assertThatThrownBy(() -> load(""))
        .hasMessageContaining("drawing.yaml:1:1: not allowed; found nothing; allowed a mapping");
  }

  @Test
  void filesExtendEachOtherAndAnotherTypeReplacesTheWholeBlock() throws IOException {
    file("base.yaml", GOOD);
    Drawing drawing =
        load("extends: base.yaml\nshape: {type: square, side_length: 3}\nnotes: {no: x}\n");
    assertThat(drawing.shape()).isEqualTo(new Square(3));
    assertThat(drawing.notes()).containsEntry("no", "x").containsEntry("version", "010");
    assertThatThrownBy(() -> load("extends: none.yaml\n"))
        .hasMessageContaining("drawing.yaml:1:10: extends: there is no such file");
    file("base.yaml", "extends: drawing.yaml\n");
    assertThatThrownBy(() -> load("extends: base.yaml\n")).hasMessageContaining("a circle");
  }

  @Test
  void settingsOfTheCommandLineWinAndAreNamedInErrors() throws IOException {
    assertThat(load(GOOD, "shape.radius=2", "layers=[7]").layers()).containsExactly(7);
    assertThatThrownBy(() -> load(GOOD, "shape.radus=2"))
        .hasMessage(
            "--set shape.radus=2: shape.radus: unknown key; allowed radius; did you mean"
                + " 'radius'?");
    assertThatThrownBy(() -> load(GOOD, "shape")).hasMessageContaining("allowed key=value");
  }

  @Test
  void variablesWithoutAValueAreSaidWithTheirHint() throws IOException {
    Variables none = new Variables(Map.of(), Map.of("HOME_OF_DATA", "say --data DIR"));
    ConfigLoader loader = new ConfigLoader(TYPES, Optional.empty(), none);
    Path file = file("drawing.yaml", GOOD + "title: ${HOME_OF_DATA}/x\n");
    assertThatThrownBy(() -> loader.load(file, List.of(), Drawing.class))
        .hasMessageEndingWith("6:8: title: ${HOME_OF_DATA} has no value; say --data DIR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"d${x}", "$${x}", "$$${", "${", "a$b", "$$", "{$}", "${A}${B}$${C}"})
  void aTextWithADollarIsReadAsItWasWritten(String title) throws IOException {
    Drawing good = load(GOOD);
    Drawing drawing =
        new Drawing(
            good.shape(),
            good.colour(),
            good.filled(),
            good.layers(),
            Map.of("key${x}", title),
            Optional.of(title));
    assertThat(load(new ConfigWriter(TYPES).write(drawing))).isEqualTo(drawing);
  }

  @Test
  void anEscapedDollarStandsForItself() throws IOException {
    assertThat(load(GOOD, "title=$${x} and $$").title()).contains("${x} and $$");
    assertThatThrownBy(() -> load(GOOD, "title=$${x} and ${y}"))
        .hasMessageEndingWith("title: ${y} has no value; allowed $${ for ${ itself");
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() throws IOException {
    Drawing drawing = load(GOOD, "title='a: \"b\" # c'", "notes={x: no, y: '', z: '~'}");
    String text = new ConfigWriter(TYPES).write(drawing);
    assertThat(load(text)).isEqualTo(drawing);
  }

  /** A component with a key that it had before. */
  public record Named(@Formerly({"label", "caption"}) String name, Optional<Integer> size) {}

  @Test
  void aKeyThatWasRenamedIsRefusedWithItsNewName() throws IOException {
    ConfigLoader loader = new ConfigLoader(TYPES, Optional.empty(), Variables.NONE);
    Path file = file("named.yaml", "name: a\ncaption: b\nsise: 1\n");
    assertThatThrownBy(() -> loader.load(file, List.of(), Named.class))
        .hasMessageEndingWith(
            "named.yaml:2:1: caption: unknown key; allowed name, size, extends; did you mean"
                + " 'name'?\n"
                + file
                + ":3:1: sise: unknown key; allowed name, size, extends; did you mean 'size'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "~",
        "null",
        "no",
        "010",
        "1e3",
        "- a",
        "# a",
        "a # b",
        "a: b",
        "'",
        "\"",
        "*a",
        "&a",
        "!a",
        "a\nb",
        "a\n",
        "\n a",
        " a",
        "a ",
        "a\tb",
        "{}",
        "[a",
        "?",
        "\u00e9",
        "\uD83D\uDE00",
        "<<",
        "$X",
        "%",
        "@a",
        "---",
        "a\r\nb"
      })
  void everyTextIsWrittenSoThatItIsReadAsTheSame(String text) throws IOException {
    Drawing drawing =
        new Drawing(
            new Square(-3), Colour.RED, false, List.of(), Map.of("k", text), Optional.of(text));
    ConfigWriter writer = new ConfigWriter(TYPES);
    ConfigLoader loader = new ConfigLoader(TYPES, Optional.empty(), Variables.NONE);
    Path file = file("written.yaml", writer.write(drawing));
    Drawing read = loader.load(file, List.of(), Drawing.class);
    assertThat(read.title()).contains(text);
    assertThat(read.notes()).containsEntry("k", text);
    assertThat(writer.settings(drawing))
        .containsEntry("shape.type", "square")
        .containsEntry("shape.side_length", "-3")
        .containsEntry("notes.k", text)
        .containsEntry("title", text)
        .doesNotContainKey("layers");
  }

  @Test
  void theTextThatIdsAreMadeOfKeepsItsLayout() throws IOException {
    Drawing drawing = load(GOOD, "title='a: \"b\" # c'", "notes={x: no, y: '', 'z z': '~'}");
    assertThat(new ConfigWriter(TYPES).identity(drawing))
        .isEqualTo(
            """
            shape:
              type: circle
              radius: 0.001
            colour: light-blue
            filled: true
            layers: [1, 2]
            notes:
              no: on
              version: 010
              x: no
              y: ""
              z z: "~"
            title: "a: \\"b\\" # c"
            """);
  }
}
