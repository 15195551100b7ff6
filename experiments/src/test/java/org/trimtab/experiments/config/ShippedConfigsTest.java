package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;

/** Every file below configs/ loads, and the tasks read the real data. */
class ShippedConfigsTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final ExperimentFiles EXPERIMENTS = ExperimentFiles.of(Methods.all());

  private static final ShippedFiles SHIPPED = new ShippedFiles(ROOT.resolve("configs"));

  private static List<Path> files(ShippedFile.Kind kind) {
    return SHIPPED.all(kind).stream().map(ShippedFile::file).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyTaskWithEveryMethodLoadsAndIsWrittenAsItIsRead() {
    return SHIPPED.all(ShippedFile.Kind.TASK).stream()
        .map(
            task ->
                DynamicTest.dynamicTest(
                    task.name(),
                    () -> {
                      for (Path method : files(ShippedFile.Kind.METHOD)) {
                        requireWrittenAsRead(List.of(task.file(), method));
                      }
                    }));
  }

  @Test
  void everyBackboneAndTheQuickstartLoadAndAreWrittenAsTheyAreRead() throws IOException {
    Path quickstart = ROOT.resolve("configs/quickstart.yaml");
    requireWrittenAsRead(List.of(quickstart));
    for (Path backbone : files(ShippedFile.Kind.BACKBONE)) {
      requireWrittenAsRead(List.of(quickstart, backbone));
    }
  }

  private static void requireWrittenAsRead(List<Path> files) throws IOException {
    ExperimentConfig config = load(files, Path.of("data"));
    Path copy = Files.createTempFile("experiment", ".yaml");
    Files.writeString(copy, EXPERIMENTS.write(config));
    assertThat(load(List.of(copy), Path.of("data")))
        .as(files.toString())
        .usingRecursiveComparison()
        .isEqualTo(config);
    Files.delete(copy);
  }

  private static ExperimentConfig load(List<Path> files, Path data) {
    return EXPERIMENTS.read(files, List.of(), Optional.of(data)).value();
  }

  @Test
  void thereAreFilesOfEachKindAndNoNameIsOfTwoKinds() {
    List<String> names =
        Stream.of(ShippedFile.Kind.values())
            .peek(kind -> assertThat(files(kind)).as(kind.folder()).hasSizeGreaterThan(2))
            .flatMap(kind -> SHIPPED.all(kind).stream())
            .peek(file -> assertThat(file.description()).as(file.name()).isNotEmpty())
            .map(ShippedFile::name)
            .toList();
    assertThat(names).hasSizeGreaterThan(40).doesNotHaveDuplicates();
  }

  /** What the command line promises of their names, which it merges from left to right. */
  @Test
  void theOrderOfKindsMakesNoDifference() {
    for (Path backbone : files(ShippedFile.Kind.BACKBONE)) {
      for (Path task : files(ShippedFile.Kind.TASK)) {
        for (Path method : files(ShippedFile.Kind.METHOD)) {
          List<Path> told = List.of(task, method, backbone);
          List<Path> reversed = List.of(backbone, method, task);
          assertThat(EXPERIMENTS.settings(load(reversed, Path.of("data"))))
              .as(told.toString())
              .isEqualTo(EXPERIMENTS.settings(load(told, Path.of("data"))));
        }
      }
    }
  }

  /** Rows of train and dev, and the baseline of dev, by task. */
  private static Map<String, double[]> benchmarks() {
    Map<String, double[]> rows = new LinkedHashMap<>();
    rows.put("cola", new double[] {8551, 1043, 0});
    rows.put("sst-2", new double[] {67349, 872, 0.5092});
    rows.put("mrpc", new double[] {3668, 408, 0.7480});
    rows.put("sts-b", new double[] {5749, 1500, 0});
    rows.put("qqp", new double[] {14431, 40430, 0.3159});
    rows.put("mnli", new double[] {10471, 9815, 0.3545});
    rows.put("qnli", new double[] {14122, 5463, 0.5054});
    rows.put("rte", new double[] {2490, 277, 0.5271});
    rows.put("wnli", new double[] {635, 71, 0.5634});
    rows.put("boolq", new double[] {266, 3270, 0.6217});
    rows.put("cb", new double[] {250, 56, 0.3611});
    rows.put("superglue-rte", new double[] {2490, 277, 0.5271});
    rows.put("copa", new double[] {400, 100, 0.55});
    rows.put("wic", new double[] {5428, 638, 0.5});
    rows.put("wsc", new double[] {554, 104, 0.6346});
    rows.put("multirc", new double[] {27243, 4848, 0.0016});
    rows.put("record", new double[] {397, 369, 0.0313});
    rows.put("cr", new double[] {1775, 2000, 0.5});
    rows.put("mr", new double[] {8662, 2000, 0.5});
    rows.put("mpqa", new double[] {8606, 2000, 0.5});
    rows.put("subj", new double[] {8000, 2000, 0.5});
    return rows;
  }

  @TestFactory
  Stream<DynamicTest> realDataAreReadWhole() {
    Path data = Path.of(System.getProperty("trimtab.data", "data")).normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve("glue")), () -> "skipped: no GLUE data at " + data);
    return benchmarks().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      ExperimentConfig config = withPrompt(e.getKey(), data);
                      check(config.task().create(), e.getValue());
                    }));
  }

  /** Rows of test sets, each test's by its name. */
  private static Map<String, Map<String, Integer>> tests() {
    return Map.of(
        "boolq", Map.of("test", 3245),
        "cb", Map.of("test", 250),
        "copa", Map.of("test", 500),
        "multirc", Map.of("test", 9693),
        "record", Map.of(),
        "superglue-rte", Map.of("test", 3000),
        "wic", Map.of("test", 1400),
        "wsc", Map.of("test", 146),
        "mnli", Map.of("diagnostic", 1104));
  }

  @TestFactory
  Stream<DynamicTest> testSetsAreReadWhole() {
    Path data = Path.of(System.getProperty("trimtab.data", "data")).normalize();
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve("superglue")),
        () -> "skipped: no SuperGLUE data at " + data);
    return tests().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      ExperimentConfig config = withPrompt(e.getKey(), data);
                      Map<String, Integer> found = new LinkedHashMap<>();
                      config
                          .task()
                          .create()
                          .load()
                          .tests()
                          .forEach(test -> found.put(test.name(), test.examples().size()));
                      assertThat(found).isEqualTo(e.getValue());
                    }));
  }

  private static ExperimentConfig withPrompt(String task, Path data) {
    return load(
        Stream.of("tasks/" + task, "methods/prompt")
            .map(name -> ROOT.resolve("configs").resolve(name + ".yaml"))
            .toList(),
        data);
  }

  private static <Y> void check(Task<Y> task, double[] expected) {
    Splits<Y> splits = task.load();
    assertThat((double) splits.train().examples().size()).isEqualTo(expected[0]);
    assertThat((double) splits.dev().examples().size()).isEqualTo(expected[1]);
    assertThat(splits.train().subset())
        .isEqualTo(splits.train().file().toString().contains("subset"));
    double baseline = task.baseline(task.mainMetric(), splits.dev(), splits.train()).orElse(0);
    assertThat(baseline).isBetween(expected[2] - 6e-5, expected[2] + 6e-5);
  }
}
