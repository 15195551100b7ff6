package org.trimtab.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.plugin.ExamplePlugin;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.json.Json;

/** A jar of somebody else adds a type of each kind. */
class PluginKindsTest {
  private static final String AS_IT_IS = "-Dtest.task.name=marked";
  private static final String JAR = "example-2.1.jar";
  @TempDir Path folder = Path.of("");
  private PluginJar jar = new PluginJar(folder);

  @BeforeEach
  void writeJar() throws IOException {
    jar =
        PluginJar.write(
            folder.resolve(JAR),
            ExamplePlugin.class,
            ExamplePlugin.classes(),
            ExamplePlugin.resources());
  }

  private Path experiment(String task) throws IOException {
    Files.writeString(folder.resolve("train.txt"), "1|a fine film\n0|a dull film\n".repeat(8));
    Files.writeString(folder.resolve("dev.txt"), "1|fine\n0|dull | grey\n".repeat(4));
    return Files.writeString(
        folder.resolve("marked.yaml"),
        """
        backbone: {type: resource}
        task:
          type: marked
          name: films
          directory: .
          labels: [{value: "0", word: bad}, {value: "1", word: good}]
        %s
        method: {type: prompt, length: 2, init: {type: constant}}
        recipe: {type: flooding, level: 0.2}
        head: {type: mean-max}
        train: {epochs: 1, batch: 8, optimizer: {type: heavy-ball}}
        """
            .formatted(task));
  }

  @Test
  void anExperimentOfItsTypesRunsAndRemembersItsCode() throws IOException, InterruptedException {
    String ran =
        jar.trimtab(
            0,
            AS_IT_IS,
            "run",
            experiment("  metrics: [accuracy, errors]").toString(),
            "--runs",
            folder.resolve("runs").toString());
    // 2 rows of the prompt; 2 classes of the head, each with two rows' width and a bias
    assertThat(ran).contains("2,306 of");
    assertThat(one("result.json").findValue("errors").asDouble()).isBetween(0.0, 8.0);
    assertThat(one("provenance.json").path("code").path("plugins").asText()).hasSize(16);
    assertThat(Files.readString(path("config.yaml"))).contains("type: mean-max", "mark: '|'");
  }

  private JsonNode one(String file) throws IOException {
    return Json.read(path(file));
  }

  private Path path(String file) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      return all.filter(p -> p.endsWith(file)).findFirst().orElseThrow();
    }
  }

  @Test
  void whatIsWrongInItsSettingsIsToldAtItsPlace() throws IOException, InterruptedException {
    String refused =
        jar.trimtab(
            2,
            AS_IT_IS,
            "run",
            experiment("  metrics: [accuracy, eror]\n  marc: ;").toString(),
            "--set",
            "head.type=mean",
            "--dry-run");
    assertThat(refused)
        .contains(
            "marked.yaml:7:23: task.metrics[1]: no metric of a classification; found eror;",
            "marked.yaml:8:3: task.marc: unknown key; allowed name, directory, mark, labels,"
                + " metrics, main_metric; did you mean 'mark'?",
            "head.type: unknown; found mean; allowed linear, dense, mean-max")
        .doesNotContain("\tat ");
  }

  @Test
  void itsTypesAreListedWithTheirJar() throws IOException, InterruptedException {
    assertThat(jar.trimtab(0, AS_IT_IS, "tasks"))
        .containsPattern("task\\.type +tsv, .*texts, marked \\[.*" + JAR + "]\n")
        .containsPattern("head\\.type +linear, dense, mean-max \\[.*" + JAR + "]\n");
    assertThat(jar.trimtab(0, AS_IT_IS, "methods"))
        .containsPattern("init\\.type +uniform, .*constant \\[.*" + JAR + "]\n")
        .containsPattern("recipe\\.type +plain, flooding \\[.*" + JAR + "]\n")
        .containsPattern("train\\.optimizer\\.type +adamw, .*heavy-ball \\[.*" + JAR + "]\n");
    assertThat(jar.trimtab(0, AS_IT_IS, "backbones"))
        .containsPattern("\\{type: onnx, model: NAME} +one of the above\n")
        .containsPattern("\\{type: resource} +of .*" + JAR + "\n");
    assertThat(jar.trimtab(0, AS_IT_IS, "schema"))
        .contains(
            "\"marked\"",
            "\"mean-max\"",
            "\"flooding\"",
            "\"heavy-ball\"",
            "\"resource\"",
            "\"stem\"");
  }

  @Test
  void aNameThatIsTakenIsRefusedWithBothProviders() throws IOException, InterruptedException {
    assertThat(jar.trimtab(2, "-Dtest.task.name=jsonl", "methods"))
        .contains("two types of TaskConfig are called 'jsonl': one of trimtab, one of ", JAR)
        .doesNotContain("\tat ");
  }
}
