package org.trimtab.experiments.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;

/** The command with a real run, in a process of its own. */
@Timeout(120)
class ServeCommandTest {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
  private static final String TEXT = "A quiet, clever film.";
  @TempDir static Path folder = Path.of("");
  private static String run = "";

  @BeforeAll
  static void train() {
    List<String> arguments =
        new TinyExperiment(folder).run(folder.resolve("runs"), "--set", "train.epochs=1");
    Cli.Ran ran = Cli.trimtab(arguments);
    assertThat(ran.code()).as(ran.err()).isZero();
    run = TinyExperiment.trial(folder.resolve("runs")).toString();
  }

  private static int port(Path log) throws IOException, InterruptedException {
    while (true) { // the test's own timeout bounds it
      Matcher address = ADDRESS.matcher(Files.exists(log) ? Files.readString(log) : "");
      if (address.find()) {
        return Integer.parseInt(address.group(1));
      }
      Thread.sleep(50);
    }
  }

  @Test
  void aRunAnswersAsPredictDoesUntilItIsStopped() throws Exception {
    Path log = folder.resolve("serve.log");
    Process process = Cli.start(log, List.of("serve", "one=" + run, "two=" + run, "--port", "0"));
    try {
      Client client = new Client(port(log));
      String text = "word ".repeat(200);
      JsonNode told = client.ask("two", TEXT, text, "b").json().path("predictions");
      String[] printed = Cli.trimtab("predict", run, TEXT).out().split("\t", -1);
      assertThat(told.get(0).path("label").textValue()).isEqualTo(printed[0]);
      String[] scores = printed[1].split(" ", -1);
      JsonNode found = told.get(0).path("scores");
      assertThat(found.fieldNames()).toIterable().containsExactly("0", "1");
      assertThat(found.path("0").doubleValue())
          .isCloseTo(Double.parseDouble(scores[0]), offset(1e-4));
      assertThat(told.findValues("truncated").toString()).isEqualTo("[false, true, false]");
      assertThat(client.ask("one", TEXT).json().path("predictions").get(0).path("label"))
          .isEqualTo(told.get(0).path("label"));
    } finally {
      process.destroy(); // SIGTERM
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains("stopping").contains("stopped");
  }

  @Test
  void whatCannotBeServedIsToldInOneLine() throws IOException {
    assertRefused(" is served as sentiment; allowed a name of its own: NAME=RUN", run, run);
    assertRefused(" is served as a; allowed", "a=" + run, "a=" + run);
    assertRefused("RUN: found =x; allowed RUN or NAME=RUN", "=x");
    assertRefused("--max-batch: found 0; allowed whole numbers from 1 on", run, "--max-batch", "0");
    assertRefused("--queue: found 5; allowed at least", run, "--queue", "5");
    assertRefused("--port: found 70000; allowed 0 to 65535", run, "--port", "70000");
    assertRefused("no effect on a saved model's predictions", run, "--set", "checkpoint.steps=1");
    assertRefused("did you mean 'pytorch'", run, "--engine", "pytorc");
  }

  private static void assertRefused(String message, String... arguments) {
    List<String> line = new ArrayList<>(List.of("serve"));
    line.addAll(List.of(arguments));
    Cli.Ran ran = Cli.trimtab(line);
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(message).hasLineCount(1);
  }
}
