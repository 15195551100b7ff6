package org.trimtab.experiments.sweep.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.config.YamlFile;

/** The sweeps that come along can be planned on the real data. */
class ShippedSweepsTest {
  private static final Path SWEEPS =
      Path.of(System.getProperty("trimtab.root", "..")).resolve("configs/sweeps").normalize();
  @TempDir static Path runs = Path.of("");

  /** How many trials each has. */
  private static Map<String, Integer> trials() {
    Map<String, Integer> trials = new LinkedHashMap<>();
    trials.put("smoke", 3 * 2 * 2);
    trials.put("low-data", 7 * 3 * 3);
    trials.put("glue-small", 9 * 4 * 3);
    trials.put("residual-robustness", 2 * 2 * 3 * 7 * 2);
    trials.put("unipelt-lowdata", 6 * 5 * 3 * 3);
    trials.put("idpg", 6 * 6 * 3);
    trials.put("superglue-small", 4 * 6 * 3);
    trials.put("late-prompts", 2 + 5);
    return trials;
  }

  @Test
  void eachIsCountedAndSaysHowLongItTakes() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(SWEEPS)) {
      files = all.sorted().toList();
    }
    assertThat(files.stream().map(YamlFile::name))
        .containsExactlyInAnyOrderElementsOf(trials().keySet());
    for (Path file : files) {
      assertThat(Files.readString(file)).containsPattern("\\d+ (minutes|hours)");
    }
  }

  @TestFactory
  Stream<DynamicTest> eachHasItsTrials() {
    Path data = Path.of(System.getProperty("trimtab.data", "data")).normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve("superglue")), () -> "skipped: no data at " + data);
    return trials().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> plan(e.getKey(), e.getValue(), data)));
  }

  private static void plan(String name, int trials, Path data) {
    Cli.Ran ran =
        Cli.trimtab(
            "sweep",
            "plan",
            SWEEPS.resolve(name + ".yaml").toString(),
            "--no-estimates",
            "--runs",
            runs.toString(),
            "--data",
            data.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains(trials + " trials, 0 ended before, " + trials + " to run; 0 duplicates left out");
  }
}
