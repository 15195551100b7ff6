package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;

/** {@code run} with the names that the lists print, and with several files. */
class RunNamesTest {
  private static final Path CONFIGS =
      Path.of(System.getProperty("trimtab.root", "..")).resolve("configs");
  @TempDir Path folder = Path.of("");

  private static String file(String name) {
    return CONFIGS.resolve(name + ".yaml").toString();
  }

  private static String printed(String... parts) {
    List<String> arguments =
        Stream.concat(Stream.of("run", "--print-config", "--data", "data"), Stream.of(parts))
            .toList();
    Cli.Ran ran = Cli.trimtab(arguments);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out();
  }

  private static List<String> names(String command) {
    return Cli.trimtab(command)
        .out()
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .map(line -> line.replaceFirst(" .*", ""))
        .toList();
  }

  @Test
  void everyNameThatTheListsPrintRuns() {
    assertThat(names("tasks")).contains("mrpc", "sentiment");
    assertThat(names("methods")).contains("lora", "dora", "full", "head-only");
    assertThat(names("backbones")).contains("minilm-l6", "bge-small", "e5-small");
    names("tasks").forEach(task -> printed(task, "lora"));
    names("methods").forEach(method -> printed("mrpc", method));
    names("backbones").forEach(backbone -> printed("mrpc", "lora", backbone));
  }

  @Test
  void namesInAnyOrderAreTheirFiles() {
    String expected =
        printed(file("tasks/mrpc"), file("methods/lora"), file("backbones/bge-small"));
    assertThat(expected).contains("type: lora", "model: bge-small", "name: mrpc");
    assertThat(printed("mrpc", "lora", "bge-small")).isEqualTo(expected);
    assertThat(printed("bge-small", "lora", "mrpc")).isEqualTo(expected);
  }

  @Test
  void aLaterFileLiesOverAnEarlierOneAndSettingsOverAll() throws IOException {
    Path more = folder.resolve("more.yaml");
    Files.writeString(more, "method: {rank: 4}\nhead: {pooling: cls}\n");
    assertThat(printed("mrpc", "lora", more.toString())).contains("rank: 4", "pooling: cls");
    assertThat(printed("mrpc", more.toString(), "lora")).contains("rank: 8", "pooling: mean");
    assertThat(printed("mrpc", "lora", more.toString(), "--set", "method.rank=2"))
        .contains("rank: 2", "pooling: cls");
  }

  private Cli.Ran quick(String... parts) {
    List<String> options = List.of("--runs", folder.toString(), "--set", "train.epochs=1");
    return Cli.trimtab(
        Stream.of(
                Stream.of("run"),
                Stream.of(parts),
                options.stream(),
                Stream.of("--set", "data.few_shot.examples=16"))
            .flatMap(s -> s)
            .toList());
  }

  @Test
  void runsGoUnderTheNamesJoinedInOneOrderOrUnderTheNameTold() {
    Cli.Ran ran = quick("head-only", "sentiment");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(folder.toFile().list()).containsExactly("sentiment-head-only");
    assertThat(quick("sentiment", "head-only").out()).startsWith("finished before");
    assertThat(quick("sentiment", "head-only", "--name", "short").code()).isZero();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("sentiment-head-only", "short");
  }

  @Test
  void whatTheUserCanMendIsOneLine() throws IOException {
    refused("found lorra; allowed a file; of the tasks ", "run", "mrpc", "lorra");
    refused("did you mean 'lora'?", "run", "mrpc", "lorra");
    refused("more than one of the methods; found lora, bitfit;", "run", "mrpc", "lora", "bitfit");
    for (String name : List.of("a/b", "..", " ", "a\\b", "")) {
      refused("--name: found " + name + "; allowed a name", "run", "mrpc", "lora", "--name", name);
    }
    Path wrong = folder.resolve("wrong.yaml");
    Files.writeString(wrong, "train:\n  epoch: 3\n");
    refused(
        wrong + ":2:3: train.epoch: unknown key",
        "run",
        "mrpc",
        "lora",
        wrong.toString(),
        "--data",
        "data");
    refused("lora.yaml:3:1: task: missing", "run", "lora");
  }

  private static void refused(String words, String... arguments) {
    Cli.Ran ran = Cli.trimtab(arguments);
    assertThat(ran.err()).contains(words).doesNotContain("\tat ");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void aPresetIsSaidByItsFile() {
    assertThat(Cli.trimtab("methods", "dora").out())
        .contains("DoRA (Liu et al., 2024)", "type: lora");
  }
}
