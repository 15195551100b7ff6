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
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.task.Example;
import org.trimtab.task.Label;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.read.FileSpec;

/** Tasks of files with a JSON object a line. */
class JsonlTaskTest {
  @TempDir Path folder = Path.of("");

  private Task<?> task() {
    return config(List.of(new Label("false", "no"), new Label("true", "yes")), "accuracy").create();
  }

  private JsonlTaskConfig config(List<Label> labels, String mainMetric) {
    Optional<String> pair = Optional.of("passage");
    Optional<String> none = Optional.empty();
    return new JsonlTaskConfig(
        "boolq",
        folder,
        new FileSpec("train.jsonl", "question", pair, Optional.of("label"), none),
        new FileSpec("val.jsonl", "question", pair, Optional.of("label"), none),
        Map.of(),
        Optional.of(new FileSpec("test.jsonl", "question", pair, none, none)),
        List.of(),
        labels,
        List.of("accuracy"),
        mainMetric,
        Map.of());
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines));
  }

  private static String line(String question, String label) {
    return "{\"question\": \"%s\", \"passage\": \"a\\tb\", \"label\": %s, \"idx\": 0}"
        .formatted(question, label);
  }

  @Test
  void truthValuesAndEscapesAreRead() throws IOException {
    write("train.subset.jsonl", line("is it \\u00e9?", "true"), line("no?", "false"));
    write("val.jsonl", line("x", "true") + "\r");
    write("test.jsonl", "{\"question\": \"q\", \"passage\": \"p\", \"idx\": 1}");
    Splits<?> splits = task().load();
    assertThat(splits.train().subset()).isTrue();
    assertThat(splits.train().gold().toString()).isEqualTo("[1, 0]");
    Example<?> first = splits.train().examples().get(0);
    assertThat(first.text()).isEqualTo("is it \u00e9?");
    assertThat(first.pair()).contains("a\tb");
    assertThat(splits.dev().examples()).hasSize(1);
    assertThat(splits.tests().get(0).examples().get(0).gold()).isEmpty();
  }

  @Test
  void faultsAreToldAtTheirLine() throws IOException {
    write("val.jsonl", line("x", "true"));
    refused("train.jsonl: there is no such file");
    write("train.jsonl", line("x", "true"), line("x", "\"maybe\""));
    refused("train.jsonl:2: label 'maybe' is unknown; allowed false, true");
    write("train.jsonl", "{\"question\": \"x\", \"label\": true}");
    refused("train.jsonl:1: no field 'passage'; found question, label");
    write("train.jsonl", line("x", "true"), "{\"question\": ");
    refused("train.jsonl:2:1:");
    write("train.jsonl", "[1]");
    refused("train.jsonl:1: no JSON object");
    write("train.jsonl", "{\"question\": \"x\", \"question\": \"y\"}");
    refused("train.jsonl:1:1:");
    write("train.jsonl");
    refused("train.jsonl: holds no examples");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> task().load())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(message);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> config(List.of(new Label("true", "yes")), "accuracy"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("at least two classes");
    assertThatThrownBy(
            () -> config(List.of(new Label("false", "no"), new Label("true", "yes")), "f1"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("not computed; found f1");
  }
}
