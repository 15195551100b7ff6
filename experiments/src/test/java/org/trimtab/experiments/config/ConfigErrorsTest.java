package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.experiments.cli.Main;

/**
 * Every file of {@code config-errors/} is refused with the lines of the {@code .txt} beside it. Its
 * first lines may name settings of the command line: {@code # --set key=value}.
 */
class ConfigErrorsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "..")).toAbsolutePath().normalize();
  private static final Path CASES = ROOT.resolve("experiments/src/test/resources/config-errors");
  private static final String SET = "# --set ";

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyMistakeIsSaidAtItsPlace() throws IOException {
    return cases().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> assertThat(refusal(file)).isEqualTo(Files.readString(expected(file)))));
  }

  @Test
  void thereIsACaseForEveryText() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(35);
    try (Stream<Path> files = Files.list(CASES)) {
      assertThat(files.filter(f -> f.toString().endsWith(".txt")).sorted())
          .containsExactlyElementsOf(cases().stream().map(ConfigErrorsTest::expected).toList());
    }
  }

  private static Path expected(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace(".yaml", ".txt"));
  }

  /** What the command line says, without the folders that this computer has. */
  private static String refusal(Path file) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("run", file.toString(), "--dry-run", "--data", ""));
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(SET)) {
        arguments.addAll(List.of("--set", line.substring(SET.length())));
      }
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    assertThat(code).as(out + "\n" + err).isEqualTo(2);
    return err.toString().replace(CASES + "/", "").replace(ROOT + "/", "");
  }
}
