package org.trimtab.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.UserError;

class JsonObjectTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.10",
        "1e5",
        "1E+5",
        "100000000000000000000001",
        "0.1000000000000000055511151231257827",
        "-0",
        "-0.0",
        "1e400",
        "12"
      })
  void aNumberIsATextAsItIsWritten(String number) {
    JsonObject object =
        JsonObject.parse(
            "{\"a\": %1$s, \"b\": {\"c.d\": %1$s}, \"e\": [\"x\", %1$s], \"f\": [{\"g\": %1$s}]}"
                .formatted(number),
            "f:1");
    assertThat(object.text("a")).isEqualTo(number);
    assertThat(object.object("b").text("c.d")).isEqualTo(number);
    assertThat(object.texts("e")).containsExactly("x", number);
    assertThat(object.objects("f").get(0).text("g")).isEqualTo(number);
    assertThat(object.textsByName("b")).containsEntry("c.d", number);
  }

  @Test
  void aMissingFieldIsToldWithWhatIsThere() {
    assertThatThrownBy(() -> JsonObject.parse("{\"b\": 1, \"c\": 2}", "f:1").text("a"))
        .isInstanceOf(UserError.class)
        .hasMessage("f:1: no field 'a'; found b, c");
    assertThatThrownBy(() -> JsonObject.parse("{}", "f:1").text("a"))
        .hasMessage("f:1: no field 'a'; found an object without fields");
    assertThatThrownBy(() -> JsonObject.parse("{\"a\": null}", "f:1").text("a"))
        .hasMessage("f:1: no field 'a'; found null");
  }

  @Test
  void textsAndTruthValuesAreThemselves() {
    JsonObject object =
        JsonObject.parse("{\"a\": \"1.0\", \"b\": true, \"c\": {\"d\": 2.50}}", "f:1");
    assertThat(object.text("a")).isEqualTo("1.0");
    assertThat(object.text("b")).isEqualTo("true");
    assertThat(object.text("c.d")).isEqualTo("2.50");
    assertThat(object.decimal("c.d")).isEqualTo(2.5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": \"x \\ud83d y\"}",
        "{\"a\": [{\"b\": \"\\uD83D\"}]}",
        "{\"\\ud83d\": 1}",
        "{\"a\": \"\\ude00\\ud83d\"}",
        "{\"a\": \"\\ud83d\\ud83d\\ude00\"}"
      })
  void halfACharacterIsRefused(String line) {
    assertThatThrownBy(() -> JsonObject.parse(line, "f.jsonl:7"))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "f.jsonl:7:1:[0-9]+: \\\\ud(83d|e00) is half of a character; allowed both halves, or none");
  }

  @Test
  void theLineOfHalfACharacterIsToldOfAFileOfSeveralLines() {
    assertThatThrownBy(() -> Json.parse("{\n \"a\": [1,\n  \"x\\udc00\"]}", "config.json"))
        .hasMessageStartingWith("config.json:3:3: \\udc00 is half of a character");
  }

  @Test
  void bothHalvesAreACharacterAndABackslashIsOne() {
    assertThat(JsonObject.parse("{\"a\": \"\\ud83d\\ude00\"}", "f").text("a"))
        .isEqualTo("\ud83d\ude00");
    assertThat(JsonObject.parse("{\"a\": \"\\\\ud83d\"}", "f").text("a")).isEqualTo("\\ud83d");
  }
}
