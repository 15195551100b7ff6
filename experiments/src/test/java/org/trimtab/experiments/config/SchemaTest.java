package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.experiments.Cli;

/** The schema of experiment files against those that are shipped, and against bad ones. */
class SchemaTest {
  private static final Path CONFIGS =
      Path.of(System.getProperty("trimtab.root", "..")).resolve("configs");
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(Cli.trimtab("schema").out());
  private static final JsonSchema SWEEPS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(Cli.trimtab("schema", "--sweeps").out());

  private static List<String> problems(String yaml) throws IOException {
    return problems(yaml, SCHEMA);
  }

  private static List<String> problems(String yaml, JsonSchema schema) throws IOException {
    JsonNode node = new YAMLMapper().readTree(yaml);
    return schema.validate(node).stream().map(Object::toString).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyShippedFileIsValidAndNamesTheSchema() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(CONFIGS)) {
      files = all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(40);
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(CONFIGS.relativize(file).toString(), () -> valid(file)));
  }

  private static void valid(Path file) throws IOException {
    String text = Files.readString(file);
    boolean sweep = file.startsWith(CONFIGS.resolve("sweeps"));
    assertThat(problems(text, sweep ? SWEEPS : SCHEMA)).isEmpty();
    String first = text.lines().findFirst().orElseThrow();
    assertThat(first).startsWith("# yaml-language-server: $schema=");
    assertThat(file.resolveSibling(first.substring(first.indexOf('=') + 1))).exists();
  }

  @Test
  void theOneThatTheBuildHasWrittenIsTheOneThatTheCommandPrints() throws IOException {
    assertThat(Files.readString(CONFIGS.resolve("trimtab.schema.json")))
        .isEqualTo(Cli.trimtab("schema").out());
    assertThat(Files.readString(CONFIGS.resolve("sweep.schema.json")))
        .isEqualTo(Cli.trimtab("schema", "--sweeps").out());
  }

  @Test
  void aSweepsMistakesAreInvalidToo() throws IOException {
    assertThat(problems("metods: [a.yaml]", SWEEPS)).isNotEmpty();
    assertThat(problems("halving: {epochs: one}", SWEEPS)).isNotEmpty();
    assertThat(problems("search: {space: {train.lr: {type: normal}}}", SWEEPS)).isNotEmpty();
    assertThat(problems("grid: {train.lr: [1e-3, 1e-2]}", SWEEPS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trian: {epochs: 1}",
        "train: {epochs: many}",
        "train: {epochs: 1.5}",
        "train: {schedule: lineer}",
        "method: {type: prompt, bottleneck: 3}",
        "method: {type: promt}",
        "method: {lenght: 3}",
        "seeds: 1",
        "backbone: {type: onnx, tuning: half}",
        "extends: 3",
      })
  void whatTheLoaderRefusesAtAGlanceIsInvalid(String yaml) throws IOException {
    assertThat(problems(yaml)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method: {length: 3}",
        "train: {lr: 1e-3, groups: {head: {lr: 1}}}",
        "extends: [a.yaml, b.yaml]",
        "task: {type: tsv, train: {text: 3}}",
        "seeds: [1, 2]",
      })
  void partsOfAnExperimentAreValid(String yaml) throws IOException {
    assertThat(problems(yaml)).isEmpty();
  }
}
