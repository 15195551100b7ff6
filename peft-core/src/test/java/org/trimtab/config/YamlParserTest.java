package org.trimtab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parser takes from the text because Jackson's doesn't tell it. */
class YamlParserTest {
  private static ConfigNode parse(String text) {
    Problems problems = new Problems();
    ConfigNode node = YamlParser.parse(text, "f", problems);
    problems.throwIfAny();
    return node;
  }

  private static ConfigNode value(String text) {
    return parse("a: " + text).find("a").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"010", "1_0", "0x_", "0b_", "0_", "~", "null", "yes", "1:30", ".inf", "<<"})
  void plainScalarsKeepTheirRawText(String text) {
    assertThat(value(text).text()).isEqualTo(text);
    assertThat(value(text).quoted()).isFalse();
    assertThat(parse("a: " + text + "\nb: 2").find("b").map(ConfigNode::text)).contains("2");
    assertThat(parse("- [" + text + ", 2]").items().get(0).items().get(1).text()).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "\"x\"", "|-\n  x", ">-\n  x", "|-  # c\n  x"})
  void quotesAndBlocksAreKnown(String text) {
    assertThat(value(text).quoted()).isTrue();
    assertThat(value(text).text()).isEqualTo("x");
    assertThat(value("x").quoted()).isFalse();
  }

  @Test
  void characterOfTwoHalvesIsOne() {
    ConfigNode node = parse("\uD83D\uDE00: {a: \uD83D\uDE00, b: 'x'}");
    ConfigNode inner = node.find("\uD83D\uDE00").orElseThrow();
    assertThat(inner.find("a").orElseThrow().quoted()).isFalse();
    assertThat(inner.find("b").orElseThrow().quoted()).isTrue();
    assertThat(inner.find("b").orElseThrow().location()).hasToString("f:1:14");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\\ud83d\\ude00\"", "\"\\U0001F600\"", "\"\\uD83D\\uDE00\"", "\uD83D\uDE00"})
  void aPairOfEscapesIsOneCharacter(String text) {
    assertThat(value(text).text()).isEqualTo("\uD83D\uDE00");
    assertThat(parse(text + ": 1").find("\uD83D\uDE00")).isPresent();
    assertThat(value("\"\\xE9\\u00e9\\\\ud800\"").text()).isEqualTo("\u00e9\u00e9\\ud800");
    assertThat(value("'\\ud800'").text()).isEqualTo("\\ud800");
    assertThat(value("\\ud800").text()).isEqualTo("\\ud800");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udc00",
        "x\\ude00\\ud83d",
        "\\ud83d\\ud83d\\ude00",
        "\\U0000D800",
        "\\uD83D y"
      })
  void halfACharacterIsRefusedAtItsPlace(String escaped) {
    String half = "\\\\u(d800|dc00|de00|d83d) is half of a character; allowed both halves, or none";
    assertThatThrownBy(() -> parse("b: 1\na: \"" + escaped + "\""))
        .hasMessageMatching("f:2:4: a: " + half);
    assertThatThrownBy(() -> parse("b: [{c: 1},\n  {c: \"" + escaped + "\"}]"))
        .hasMessageMatching("f:2:7: b\\[1\\]\\.c: " + half);
    assertThatThrownBy(() -> parse("b: 1\n\"" + escaped + "\": 2"))
        .hasMessageMatching("f:2:1: " + half);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\U00110000", "\\UFFFFFFFF", "\\U80000000", "\\u12", "\\uZZZZ", "\\x1", "\\Q"})
  void anEscapeOfNoCharacterIsRefusedAtItsLine(String escaped) {
    assertThatThrownBy(() -> parse("b: '\\UFFFFFFFF'\na: \"" + escaped + "\"\nc: \"\\UFFFFFFFF\""))
        .hasMessageMatching("f:2:[0-9]+: no YAML: .*")
        .hasMessageNotContaining("java");
  }

  private static Stream<Arguments> refusals() {
    String anchor = "an anchor is not allowed; found ";
    String tag = "a tag is not allowed; found ";
    String second = "a second document; allowed one document in a file";
    return Stream.of(
        arguments("&x a: 1", List.of("f:1:1: " + anchor + "&x")),
        arguments("&x\na: 1", List.of("f:1:1: " + anchor + "&x")),
        arguments("&x\n&y a: 1", List.of("f:1:1: " + anchor + "&x", "f:2:1: " + anchor + "&y")),
        arguments(
            "b: &x\n  &y a: 1",
            List.of("f:1:4: b: " + anchor + "&x", "f:2:3: b: " + anchor + "&y")),
        arguments(
            "a: !!int &x 3",
            List.of("f:1:4: a: " + anchor + "&x", "f:1:4: a: " + tag + "tag:yaml.org,2002:int")),
        arguments(
            "- [&x, !y,z , z]",
            List.of("f:1:4: [0][0]: " + anchor + "&x", "f:1:8: [0][1]: " + tag + "!y,z")),
        arguments(
            "a: !!binary '*'\nb: [!!int 0x, &x 1]",
            List.of(
                "f:1:4: a: " + tag + "tag:yaml.org,2002:binary",
                "f:2:5: b[0]: " + tag + "tag:yaml.org,2002:int",
                "f:2:15: b[1]: " + anchor + "&x")),
        arguments(
            "a: [!!int +, &x 1]",
            List.of(
                "f:1:5: a[0]: " + tag + "tag:yaml.org,2002:int", "f:1:14: a[1]: " + anchor + "&x")),
        arguments("*x : 1", List.of("f:1:1: no key; found *x; allowed a name")),
        arguments("? {a: b}\n: 1", List.of("f:1:3: no key; found a mapping; allowed a name")),
        arguments("a: 1\n\n---\n# c\nb: 2", List.of("f:3:1: " + second)),
        arguments("a: 1\r\n--- \r\n", List.of("f:2:1: " + second)),
        arguments(
            "a: b\nc: \u0007", List.of("f:2:4: no YAML: a character that is not allowed in it")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsRefusedIsSaidAtItsPlace(String text, List<String> lines) {
    assertThatThrownBy(() -> parse(text))
        .message()
        .satisfies(message -> assertThat(message.lines()).containsExactlyElementsOf(lines));
  }

  @Test
  void whatIsNestedTooDeeplyIsRefused() {
    assertThatThrownBy(() -> parse("[".repeat(60) + "]".repeat(60)))
        .hasMessage("f:1:1: no YAML: more than 50 levels, one in another");
  }
}
