package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.process.Version;

/** Texts arrive as they are typed, or are refused by the reason. */
class TypedArgumentsTest {
  @TempDir Path folder = Path.of("");

  private static String refusal(String... arguments) {
    Cli.Ran ran = Cli.trimtab(arguments);
    assertThat(ran.code()).as(ran.out()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).hasLineCount(1);
    return ran.err().strip();
  }

  @Test
  void textsArePredictedAsTheyAreTyped() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "what the file says");
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(new TinyExperiment(folder).run(runs, "--set", "train.epochs=1"));
    assertThat(ran.code()).as(ran.err()).isZero();
    String trial = TinyExperiment.trial(runs).toString();
    List<String> texts = List.of("@" + file, "@@x", "'q'", "$HOME", "-V is good", "-h", "--", "-5");
    Cli.Ran predicted =
        Cli.trimtab(
            "predict",
            trial,
            texts.get(0),
            texts.get(1),
            texts.get(2),
            texts.get(3),
            "--",
            texts.get(4),
            texts.get(5),
            texts.get(6),
            texts.get(7));
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(predicted.out().lines().map(line -> line.split("\t", -1)[2]))
        .isEqualTo(texts.stream().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V is good", "-h!", "-5 degrees", "-hV", "--file-like text", "- x"})
  void aTextThatBeginsWithADashIsPointedBehindTwo(String text) {
    assertThat(refusal("predict", "RUN", text))
        .startsWith(
            "Unknown option: '"
                + text
                + "'; what begins with a dash and is no option goes behind --;"
                + " trimtab predict --help says what there is");
  }

  @Test
  void whatIsMisspeltIsSuggested() {
    assertThat(refusal("predict", "RUN", "--splt", "dev")).endsWith("did you mean '--split'?");
    assertThat(refusal("run", "x.yaml", "--force=1", "--dry-rum")).contains("--force");
    assertThat(refusal("rum")).endsWith("; did you mean 'run'?");
    assertThat(refusal("run", "@x.yaml")).contains("@x.yaml");
    assertThat(refusal("run", "--runs", "--force", "x.yaml")).contains("'--runs'", "'--force'");
    assertThat(refusal()).contains("Missing required subcommand");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "predict", "run", "sweep", "generate-completion"})
  void everyCommandSaysTheVersion(String command) {
    Cli.Ran ran = command.isEmpty() ? Cli.trimtab("-V") : Cli.trimtab(command, "-V");
    assertThat(ran.out()).isEqualTo("trimtab " + Version.NUMBER + "\n");
    assertThat(ran.code()).isZero();
    assertThat(Cli.trimtab("sweep", "plan", "--version").out())
        .isEqualTo("trimtab " + Version.NUMBER + "\n");
  }

  @Test
  void theVersionIsTheBuilds() throws IOException {
    String pom =
        Files.readString(Path.of(System.getProperty("trimtab.root", "..")).resolve("pom.xml"));
    assertThat(pom)
        .containsPattern(
            "<artifactId>trimtab-parent</artifactId>\\s*<version>"
                + Pattern.quote(Version.NUMBER)
                + "(-SNAPSHOT)?</version>");
  }
}
