package org.trimtab.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.base.UserError;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;

/** Files with one fault each: all are refused, with words that name the fault. */
class BrokenFilesGoldenTest {
  /** A word of the message for each fault that a word can tell. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("truncated-data", "truncated"),
          Map.entry("trailing-data", "trailing"),
          Map.entry("length-beyond-file", "longer than the file"),
          Map.entry("length-huge", "allowed up to 100000000"),
          Map.entry("length-negative", "allowed up to 100000000"),
          Map.entry("not-json", "header:1:"),
          Map.entry("not-object", "must be a JSON object"),
          Map.entry("not-utf8", "UTF-8"),
          Map.entry("duplicate-key", "Duplicate field 'a'"),
          Map.entry("unknown-dtype", "unknown dtype \"F13\""),
          Map.entry("shape-too-big", "tensor 'a': its shape takes"),
          Map.entry("shape-overflow", "overflows 64 bits"),
          Map.entry("shape-negative", "whole numbers from 0 on, found -"),
          Map.entry("shape-fraction", "whole numbers from 0 on"),
          Map.entry("overlap", "overlaps"),
          Map.entry("hole", "hole"),
          Map.entry("offsets-reversed", "run backwards"),
          Map.entry("offsets-negative", "whole numbers from 0 on, found -"),
          Map.entry("offsets-missing", "data_offsets must be a list of numbers, found none"),
          Map.entry("metadata-not-text", "must be text"),
          Map.entry("empty", "too short"),
          Map.entry("seven-bytes", "too short"),
          Map.entry("eight-bytes", "header"));

  @TestFactory
  Stream<DynamicTest> files() {
    Path folder = Golden.folder().resolve("broken");
    JsonNode faults = Json.read(folder.resolve("faults.json"));
    return faults.properties().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () ->
                        check(
                            folder.resolve(e.getKey() + ".safetensors"),
                            e.getKey(),
                            e.getValue().isNull())));
  }

  private static void check(Path file, String name, boolean good) {
    if (good) {
      try (Safetensors tensors = Safetensors.open(file)) {
        assertThat(tensors.names()).isNotEmpty();
        tensors.names().forEach(tensor -> assertThat(tensors.tensor(tensor).doubles()).isNotNull());
      }
    } else {
      assertThat(WORDS).containsKey(name);
      assertThatThrownBy(() -> Safetensors.open(file).close())
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageContaining(WORDS.get(name));
    }
  }
}
