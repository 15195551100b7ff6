package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;

/** Rows of users' files as commands answer them, over a tiny random BERT. */
class DataFilesTest {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "..")).toAbsolutePath().normalize();
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void backbone() {
    new TinyExperiment(folder);
  }

  private Path write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private Cli.Ran trained(String task) throws IOException {
    Path experiment =
        write(
            task + ".yaml",
            """
            extends: [%s, %s]
            backbone: {type: huggingface, directory: %s}
            data: {maximum_length: 48}
            method: {length: 4}
            train: {epochs: 1, batch: 4}
            """
                .formatted(
                    ROOT.resolve("configs/tasks/" + task + ".yaml"),
                    ROOT.resolve("configs/methods/prompt.yaml"),
                    folder.resolve("tiny")));
    return Cli.trimtab(
        "run",
        experiment.toString(),
        "--runs",
        folder.resolve("runs").toString(),
        "--data",
        folder.resolve("data").toString());
  }

  private String run(String task) throws IOException {
    Cli.Ran ran = trained(task);
    assertThat(ran.code()).as(ran.err()).isZero();
    try (Stream<Path> trials = Files.list(folder.resolve("runs").resolve(task))) {
      return trials.findFirst().orElseThrow().toString();
    }
  }

  private void rte(String test) throws IOException {
    String header = "index\tsentence1\tsentence2\tlabel\n";
    String row = "%d\tIt rained.\tIt is %s.\t%s\n";
    String rows = row.formatted(0, "wet", "entailment") + row.formatted(1, "dry", "not_entailment");
    write("data/glue/RTE/train.tsv", header + rows.repeat(4));
    write("data/glue/RTE/dev.tsv", header + rows + "\n\n");
    write("data/glue/RTE/test.tsv", test);
  }

  @Test
  void aSubmissionHasTheTestFilesOwnNumbersInItsOrder() throws IOException {
    rte("\uFEFFindex\tsentence1\tsentence2\r\n2\ta\tb\r\n\r\n0\tc\td\r\n1\t\te\r\n");
    String run = run("rte");
    Path zip = folder.resolve("glue.zip");
    Cli.Ran ran = Cli.trimtab("submit", run, "--out", zip.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    List<String> predicted = Cli.trimtab("predict", run, "--split", "test").out().lines().toList();
    assertThat(predicted).hasSize(3);
    List<String> expected = new ArrayList<>(List.of("index\tprediction"));
    List<String> numbers = List.of("2", "0", "1");
    for (int i = 0; i < 3; i++) {
      expected.add(numbers.get(i) + "\t" + predicted.get(i).split("\t", -1)[0]);
    }
    try (ZipFile file = new ZipFile(zip.toFile())) {
      byte[] bytes = file.getInputStream(file.getEntry("RTE.tsv")).readAllBytes();
      assertThat(new String(bytes, StandardCharsets.UTF_8).lines()).isEqualTo(expected);
    }
    linesOfAFileAreAnsweredOneByOne(run);
  }

  private void linesOfAFileAreAnsweredOneByOne(String run) throws IOException {
    Path texts = write("texts", "\uFEFFa\rb\tC:\\new\r\n\nlast\u2028line\t");
    Cli.Ran ran = Cli.trimtab("predict", run, "--file", texts.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(
            ran.out()
                .lines()
                .map(line -> line.split("\t", -1))
                .map(c -> List.of(c).subList(2, c.length)))
        .containsExactly(
            List.of("a\\rb", "C:\\\\new"), List.of(""), List.of("last\\u2028line", ""));
    Cli.Ran unmarked =
        Cli.trimtab(
            "predict", run, "--file", write("plain", "a\rb\tC:\\new\n\nlast\u2028line\t") + "");
    assertThat(unmarked.out()).isEqualTo(ran.out());
    Cli.Ran argument = Cli.trimtab("predict", run, "one\ntext");
    assertThat(argument.out()).endsWith("\tone\\ntext\n").hasLineCount(1);
    refused(
        Cli.trimtab("predict", run, "--file", write("three", "a\nb\tc\td\n").toString()),
        "three:2: found 3 texts; allowed one, or a pair around a tab");
    Path latin = folder.resolve("latin");
    Files.write(latin, "a\nid\u00e9e\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(Cli.trimtab("predict", run, "--file", latin.toString()), "latin:2: not UTF-8");
    refused(
        Cli.trimtab("predict", run, "a text", "--split", "dev"),
        "--split dev: allowed without texts and --file");
  }

  @Test
  void aSubmissionThatLacksARowIsRefused() throws IOException {
    String header = "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n";
    String rows = "0\t\t\ta\tb\t0\n1\t\t\tc\td\t1\n";
    write("data/glue/QQP/train.tsv", header + rows.repeat(4) + "8\tshort\n");
    write("data/glue/QQP/dev.tsv", header + rows);
    write("data/glue/QQP/test.tsv", "id\tquestion1\tquestion2\n0\ta\tb\n1\tshort\n2\tc\td\n");
    String run = run("qqp");
    Path zip = folder.resolve("glue.zip");
    refused(
        Cli.trimtab("submit", run, "--out", zip.toString()),
        "QQP/test.tsv:3: the row has too few columns, and so no answer (such rows: 1)");
    assertThat(zip).doesNotExist();
  }

  @Test
  void aRowThatWouldLoseItsTextEndsARun() throws IOException {
    rte("index\tsentence1\tsentence2\n0\ta\tb\tc\n");
    refused(trained("rte"), "RTE/test.tsv:2: found 4 columns; expected 3");
  }

  private static void refused(Cli.Ran ran, String message) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(message).hasLineCount(1);
  }
}
