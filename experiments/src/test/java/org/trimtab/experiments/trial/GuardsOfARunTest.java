package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.json.Json;

/** Runs that go wrong, and the words in which they say so. */
class GuardsOfARunTest {
  private static final Path SENTIMENT =
      Path.of(System.getProperty("trimtab.root", ".."), "configs/data/sentiment").toAbsolutePath();

  @TempDir Path folder = Path.of("");

  private Cli.Ran run(String... more) {
    return trimtab(new TinyExperiment(folder).run(folder.resolve("runs"), more));
  }

  private String warnings() {
    Path result = TinyExperiment.trial(folder.resolve("runs")).resolve("result.json");
    return Json.read(result).path("warnings").toString();
  }

  @Test
  void labelsShuffledAgainstTextsScoreAtChance() throws IOException {
    Path shuffled = Files.createDirectories(folder.resolve("shuffled"));
    for (String name : List.of("train.tsv", "dev.tsv")) {
      List<String> lines = Files.readAllLines(SENTIMENT.resolve(name));
      List<String> labels = new ArrayList<>();
      lines.forEach(line -> labels.add(line.substring(line.lastIndexOf('\t'))));
      Collections.shuffle(labels.subList(1, labels.size()), new Random(1));
      List<String> mixed = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        mixed.add(lines.get(i).substring(0, lines.get(i).lastIndexOf('\t')) + labels.get(i));
      }
      Files.write(shuffled.resolve(name), mixed);
    }
    Cli.Ran ran = run("--set", "task.directory=" + shuffled);
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains("within chance of the baseline's");
    assertThat(ran.out()).contains("do labels and texts belong together?");
    assertThat(warnings()).contains("within chance of the baseline's");
  }

  @Test
  void aLearningRateThatIsFarTooHighNamesTheRemedies() {
    Cli.Ran ran = run("--set", "train={lr: 1e30, groups: {mlp: {lr: 1e30}}, clip: 0}");
    assertThat(ran.err())
        .contains("is NaN at step", "a lower learning rate (train.lr)")
        .doesNotContain("\tat ");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void aTextThatIsLostWholeIsCounted() throws IOException {
    Path pairs = Files.createDirectories(folder.resolve("pairs"));
    for (String file : List.of("train.tsv", "dev.tsv")) {
      List<String> lines = Files.readAllLines(SENTIMENT.resolve(file));
      Files.write(pairs.resolve(file), lines.stream().map(GuardsOfARunTest::twice).toList());
    }
    Cli.Ran ran =
        run(
            "--set",
            "data.maximum_length=7",
            "--set",
            "task.directory=" + pairs,
            "--set",
            "task.train.pair=again",
            "--set",
            "task.dev.pair=again",
            "--set",
            "train.epochs=1");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains("warning: 216 examples lost a whole text: a larger");
    assertThat(ran.out()).contains("truncated", "216 examples lost a whole text");
    assertThat(warnings()).contains("216 examples lost a whole text");
  }

  /** A row with its text a second time, and the header with a name for it. */
  private static String twice(String row) {
    String text = row.substring(0, row.indexOf('\t'));
    return row + "\t" + (text.equals("sentence") ? "again" : text);
  }
}
