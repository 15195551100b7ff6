package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.sweep.TinySweep;

/**
 * {@code ..} behind a linked folder, as the system opens it: {@code here/link} leads to {@code
 * there/deep}, so that {@code here/link/..} is {@code there} and not {@code here}.
 */
class LinkedFoldersTest {
  private static final String TASK =
      """
      task:
        type: tsv
        name: lights
        directory: link/../data
        train: {file: train.tsv, header: false, text: 0, label: 1}
        dev: {file: dev.tsv, header: false, text: 0, label: 1}
        labels: [{value: red, word: red}, {value: green, word: green}]
        metrics: [accuracy]
        main_metric: accuracy
      """;

  @TempDir Path root = Path.of("");
  private Path link = Path.of("");

  @BeforeEach
  void link() throws IOException {
    root = root.toRealPath();
    Files.createDirectories(root.resolve("here"));
    Files.createDirectories(root.resolve("there/deep"));
    link = Files.createSymbolicLink(root.resolve("here/link"), root.resolve("there/deep"));
  }

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void printsLengthFour(List<String> run) {
    Cli.Ran ran = Cli.trimtab(run);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("length: 4").doesNotContain("length: 5");
  }

  @Test
  void aFileAndWhatItExtends() throws IOException {
    Path tiny = new TinyExperiment(root.resolve("there")).file();
    String there = Files.readString(tiny);
    file("here/tiny.yaml", there.replace("length: 4,", "length: 5,"));
    Path beside = file("here/extends.yaml", "extends: link/../tiny.yaml\n");
    Path up = file("there/deep/extends.yaml", "extends: ../tiny.yaml\n");
    String told = link.resolve("../tiny.yaml").toString();
    printsLengthFour(List.of("run", told, "--print-config"));
    printsLengthFour(List.of("run", beside.toString(), "--print-config"));
    printsLengthFour(List.of("run", link.resolve(up.getFileName()).toString(), "--print-config"));
  }

  @Test
  void theDataTheBackboneAndTheRunAreThoseBehindTheLinkAndStayThem() throws IOException {
    new TinyExperiment(root.resolve("there"));
    for (String place : List.of("here", "there")) {
      for (String split : List.of("train", "dev")) {
        file(place + "/data/" + split + ".tsv", rows(place));
      }
    }
    Path task = file("here/lights.yaml", TASK);
    Cli.Ran ran =
        Cli.trimtab(
            "run",
            task.toString(),
            "head-only",
            "--runs",
            link + "/../runs",
            "--set",
            "backbone={type: huggingface, directory: " + link + "/../tiny}",
            "--set",
            "train.epochs=1",
            "--set",
            "data.maximum_length=40");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(root.resolve("here/runs")).doesNotExist();
    Path trial = trial(root.resolve("there/runs/lights-head-only"));
    assertThat(trial.resolve("predictions.jsonl"))
        .content()
        .contains("\"there 1\"")
        .doesNotContain("\"here 1\"");
    // what was saved names the same files
    String told = link + "/../runs/lights-head-only/" + trial.getFileName();
    Cli.Ran evaluated = Cli.trimtab("evaluate", told);
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    Cli.Ran predicted = Cli.trimtab("predict", told, "--split", "dev");
    assertThat(predicted.out())
        .hasLineCount(8)
        .contains("\tthere 1\n")
        .doesNotContain("\there 1\n");
  }

  private static Path trial(Path runs) throws IOException {
    try (Stream<Path> trials = Files.list(runs)) {
      return trials.findFirst().orElseThrow();
    }
  }

  private static String rows(String word) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      rows.append(word).append(' ').append(i).append('\t').append(i % 2 == 0 ? "red" : "green");
      rows.append('\n');
    }
    return rows.toString();
  }

  @Test
  void benchmarksAndSweeps() throws IOException {
    Cli.Ran data =
        Cli.trimtab("run", "cola", "lora", "--print-config", "--data", link + "/../data");
    assertThat(data.code()).as(data.err()).isZero();
    assertThat(data.out()).contains(link + "/../data/glue/CoLA");
    TinySweep sweep = new TinySweep(root.resolve("there"), "");
    Cli.Ran planned =
        Cli.trimtab(
            "sweep", "plan", link + "/../" + sweep.file().getFileName(), "--runs", root.toString());
    assertThat(planned.code()).as(planned.err()).isZero();
  }

  @Test
  void aMissingFileIsNamedByThePathThatWasTried() throws IOException {
    Path file = file("there/deep/x.yaml", "extends: ../base.yaml\n");
    Cli.Ran ran = Cli.trimtab("run", link.resolve("x.yaml").toString());
    assertThat(ran.err())
        .isEqualTo(
            link.resolve(file.getFileName())
                + ":1:10: extends: there is no such file; found ../base.yaml, which is "
                + link
                + "/../base.yaml; allowed a file, or a list of files\n");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void aCircleThroughALinkIsOne() throws IOException {
    file("there/x.yaml", "extends: deep/y.yaml\n");
    Path deep = file("there/deep/y.yaml", "extends: ../../here/link/../x.yaml\n");
    Cli.Ran ran = Cli.trimtab("run", deep.toString());
    assertThat(ran.err()).contains("extends: a circle").hasLineCount(1);
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void foldersAreNoFiles() {
    for (String folder : List.of("/", "./", root + "/here/..")) {
      Cli.Ran ran = Cli.trimtab("run", folder);
      assertThat(ran.err()).contains(": can't be read: Is a directory").hasLineCount(1);
      assertThat(ran.code()).isEqualTo(2);
    }
  }
}
