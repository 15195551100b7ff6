package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.json.Json;

/** The shipped task files from data to submission, over made data and a tiny random BERT. */
class BenchmarkRunsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "..")).toAbsolutePath().normalize();
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void backbone() {
    new TinyExperiment(folder);
  }

  private void write(String file, int examples, IntFunction<String> line) throws IOException {
    Path path = folder.resolve("data").resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, IntStream.range(0, examples).mapToObj(line).toList());
  }

  /** Train, val and test of a SuperGLUE task. */
  private void splits(String task, IntFunction<String> fields, IntFunction<String> label)
      throws IOException {
    IntFunction<String> labelled =
        i -> "{" + fields.apply(i) + ", \"label\": " + label.apply(i) + "}";
    write("superglue/" + task + "/train.jsonl", 8, labelled);
    write("superglue/" + task + "/val.jsonl", 6, labelled);
    write("superglue/" + task + "/test.jsonl", 5, i -> "{" + fields.apply(i) + "}");
  }

  private static String odd(int i) {
    return i % 2 == 0 ? "false" : "true";
  }

  /** Runs a shipped task's prompt experiment for an epoch; its folder. */
  private Path run(String task, String... more) throws IOException {
    Path experiment = folder.resolve(task + ".yaml");
    Files.writeString(
        experiment,
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
    List<String> line =
        new ArrayList<>(
            List.of(
                "run",
                experiment.toString(),
                "--runs",
                folder.resolve("runs").toString(),
                "--data",
                folder.resolve("data").toString()));
    line.addAll(List.of(more));
    Cli.Ran ran = Cli.trimtab(line);
    assertThat(ran.code()).as(ran.err()).isZero();
    Path runs = folder.resolve("runs").resolve(task);
    if (!Files.exists(runs)) {
      return runs; // a dry run
    }
    try (Stream<Path> trials = Files.list(runs)) {
      return trials.findFirst().orElseThrow();
    }
  }

  /** That a finished run scores, saves and predicts the same, and how many examples it has. */
  private static JsonNode check(Path run, int dev, int test) throws IOException {
    JsonNode result = Json.read(run.resolve("result.json"));
    Cli.Ran evaluated = Cli.trimtab("evaluate", run.toString());
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    result
        .path("metrics")
        .properties()
        .forEach(
            metric ->
                assertThat(evaluated.out())
                    .contains(
                        ResultTable.number(
                            java.util.OptionalDouble.of(metric.getValue().asDouble()))));
    assertThat(Files.readAllLines(run.resolve("predictions.jsonl"))).hasSize(dev);
    Cli.Ran predicted = Cli.trimtab("predict", run.toString(), "--split", "test");
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(predicted.out().lines()).hasSize(test);
    return result;
  }

  private void copa() throws IOException {
    splits(
        "COPA",
        i ->
            "\"premise\": \"The tap ran.\", \"choice1\": \"It rained %d.\", \"choice2\": \"The sink"
                    .formatted(i)
                + " filled.\", \"question\": \"%s\", \"idx\": %d"
                    .formatted(i % 2 == 0 ? "cause" : "effect", i),
        i -> Integer.toString(i % 2));
  }

  private void wic() throws IOException {
    splits(
        "WiC",
        i ->
            "\"word\": \"bank\", \"sentence1\": \"a bank\", \"sentence2\": \"the river bank %d\","
                    .formatted(i)
                + " \"start1\": 2, \"end1\": 6, \"start2\": 10, \"end2\": 14, \"idx\": "
                + i,
        BenchmarkRunsTest::odd);
  }

  private void wsc() throws IOException {
    splits(
        "WSC",
        i ->
            "\"text\": \"Ann told Bob that she won %d games.\", \"target\": {\"span1_index\": 0,"
                    .formatted(i)
                + " \"span1_text\": \"Ann\", \"span2_index\": 4, \"span2_text\": \"she\"},"
                + " \"idx\": "
                + i,
        BenchmarkRunsTest::odd);
  }

  private void multiRc() throws IOException {
    String directory = "superglue/MultiRC/";
    write(directory + "train.jsonl", 4, i -> passage(i, ", \"label\": 1"));
    write(directory + "val.jsonl", 3, i -> passage(i, ", \"label\": " + i % 2));
    write(directory + "test.jsonl", 2, i -> passage(i, ""));
  }

  private static String passage(int i, String label) {
    return ("{\"idx\": %d, \"passage\": {\"text\": \"It rained in May.\", \"questions\": [{"
            + "\"question\": \"When?\", \"idx\": %d, \"answers\": [{\"text\": \"May\", \"idx\": %d%s},"
            + " {\"text\": \"June\", \"idx\": %d, \"label\": 0}]}]}}")
        .formatted(i, i, 2 * i, label, 2 * i + 1);
  }

  private void record() throws IOException {
    String directory = "superglue/ReCoRD/";
    String answers = ", \"answers\": [{\"start\": 0, \"end\": 2, \"text\": \"Ann\"}]";
    write(directory + "train.jsonl", 4, i -> news(i, answers));
    write(directory + "val.jsonl", 3, i -> news(i, answers));
    write(directory + "test.jsonl", 2, i -> news(i, ""));
  }

  private static String news(int i, String answers) {
    return ("{\"idx\": %d, \"passage\": {\"text\": \"Ann met Bob.\", \"entities\": [{\"start\": 0,"
            + " \"end\": 2}, {\"start\": 8, \"end\": 10}]}, \"qas\": [{\"idx\": %d, \"query\":"
            + " \"@placeholder came %d times.\"%s}]}")
        .formatted(i, i + 10, i, answers);
  }

  private void rte() throws IOException {
    splits(
        "RTE",
        i ->
            "\"premise\": \"It rained %d.\", \"hypothesis\": \"It is wet.\", \"idx\": %d"
                .formatted(i, i),
        i -> i % 2 == 0 ? "\"entailment\"" : "\"not_entailment\"");
    write(
        "superglue/AX-b/AX-b.jsonl",
        4,
        i ->
            "{\"sentence1\": \"a %d\", \"sentence2\": \"b\", \"label\": \"%s\", \"idx\": %d}"
                .formatted(i, i % 2 == 0 ? "entailment" : "not_entailment", i));
    write(
        "superglue/AX-g/AX-g.jsonl",
        4,
        i ->
            ("{\"premise\": \"%s won.\", \"hypothesis\": \"b\", \"label\": \"entailment\","
                    + " \"pair_id\": %d, \"idx\": %d}")
                .formatted(i % 2 == 0 ? "He" : "She", i / 2, i));
  }

  @Test
  void superGlueFromDataToSubmission() throws IOException {
    copa();
    wic();
    wsc();
    multiRc();
    record();
    rte();
    List<String> runs = new ArrayList<>();
    Map<String, int[]> tasks = new LinkedHashMap<>();
    tasks.put("copa", new int[] {6, 5});
    tasks.put("wic", new int[] {6, 5});
    tasks.put("wsc", new int[] {6, 5});
    tasks.put("multirc", new int[] {6, 4});
    tasks.put("record", new int[] {6, 4});
    tasks.put("superglue-rte", new int[] {6, 5});
    Map<String, List<String>> metrics = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> task : tasks.entrySet()) {
      Path run = run(task.getKey());
      metrics.put(task.getKey(), names(check(run, task.getValue()[0], task.getValue()[1])));
      runs.add(run.toString());
    }
    List<String> accuracy = List.of("accuracy");
    assertThat(metrics)
        .isEqualTo(
            Map.of(
                "copa",
                accuracy,
                "wic",
                accuracy,
                "wsc",
                accuracy,
                "multirc",
                List.of("f1-answer", "exact-match", "f1-question", "f1-answer-and-exact-match"),
                "record",
                List.of("f1-token", "exact-match", "f1-token-and-exact-match"),
                "superglue-rte",
                List.of("accuracy", "ax-b-matthews", "ax-g-accuracy", "ax-g-gender-parity")));
    submits(runs);
    Cli.Ran texts = Cli.trimtab("predict", runs.get(0), "a text");
    assertThat(texts.err()).contains("reads more of an example than a text or a pair");
    assertThat(texts.code()).isEqualTo(2);
  }

  private static List<String> names(JsonNode result) {
    return result.path("metrics").properties().stream().map(Map.Entry::getKey).toList();
  }

  private void submits(List<String> runs) throws IOException {
    Path zip = folder.resolve("superglue.zip");
    List<String> line = new ArrayList<>(List.of("submit", "--out", zip.toString()));
    line.addAll(runs);
    Cli.Ran ran = Cli.trimtab(line);
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("BoolQ.jsonl      missing: no run of boolq")
        .endsWith(zip + ": 8 of the 10 files of SuperGLUE\n");
    try (ZipFile file = new ZipFile(zip.toFile())) {
      expect(file, "COPA.jsonl", i -> "{\"idx\":" + i + ",\"label\":[01]}", 5);
      expect(file, "WiC.jsonl", i -> "{\"idx\":" + i + ",\"label\":\"(true|false)\"}", 5);
      expect(file, "WSC.jsonl", i -> "{\"idx\":" + i + ",\"label\":\"(True|False)\"}", 5);
      IntFunction<String> entailment = i -> "{\"idx\":" + i + ",\"label\":\"(not_)?entailment\"}";
      expect(file, "RTE.jsonl", entailment, 5);
      expect(file, "AX-b.jsonl", entailment, 4);
      expect(file, "AX-g.jsonl", entailment, 4);
      expect(file, "ReCoRD.jsonl", i -> "{\"idx\":1" + i + ",\"label\":\"(Ann|Bob)\"}", 2);
      expect(
          file,
          "MultiRC.jsonl",
          i ->
              "{\"idx\":%d,\"passage\":{\"questions\":[{\"idx\":%d,\"answers\":[{\"idx\":%d,\"label\":[01]},{\"idx\":%d,\"label\":[01]}]}]}}"
                  .formatted(i, i, 2 * i, 2 * i + 1),
          2);
    }
    Cli.Ran twice = Cli.trimtab("submit", "--out", zip.toString(), runs.get(0), runs.get(0));
    assertThat(twice.err()).contains("a second run of the task copa; allowed one");
    assertThat(twice.err().lines()).hasSize(1);
    assertThat(twice.code()).isEqualTo(2);
  }

  /** Braces are themselves, and a bracket before a brace; the rest is a pattern. */
  private static void expect(ZipFile zip, String name, IntFunction<String> pattern, int lines)
      throws IOException {
    String text =
        new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    List<String> found = text.lines().toList();
    assertThat(found).hasSize(lines);
    for (int i = 0; i < lines; i++) {
      String quoted =
          pattern
              .apply(i)
              .replace("[01]", "#")
              .replaceAll("([{}\\[\\]])", "\\\\$1")
              .replace("#", "[01]");
      assertThat(found.get(i)).matches(quoted);
    }
  }

  @Test
  void glueHasBothOfMnlisTestsAndTheDiagnostic() throws IOException {
    String header = "sentence1\tsentence2\tgold_label";
    List<String> labels = List.of("neutral", "entailment", "contradiction");
    IntFunction<String> labelled = i -> i == 0 ? header : "a " + i + "\tb\t" + labels.get(i % 3);
    IntFunction<String> plain = i -> i == 0 ? "sentence1\tsentence2" : "a " + i + "\tb";
    write("glue/MNLI/train.tsv", 9, labelled);
    write("glue/MNLI/dev_matched.tsv", 7, labelled);
    write("glue/MNLI/test_matched.tsv", 4, plain);
    write("glue/MNLI/test_mismatched.tsv", 3, plain);
    write("glue/diagnostic/diagnostic.tsv", 6, plain);
    Path run = run("mnli");
    check(run, 6, 3);
    Path zip = folder.resolve("glue.zip");
    Cli.Ran ran = Cli.trimtab("submit", run.toString(), "--out", zip.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("AX.tsv           6 lines", "3 of the 11 files of GLUE");
    try (ZipFile file = new ZipFile(zip.toFile())) {
      IntFunction<String> row =
          i -> i == 0 ? "index\tprediction" : (i - 1) + "\t(neutral|entailment|contradiction)";
      expect(file, "MNLI-m.tsv", row, 4);
      expect(file, "MNLI-mm.tsv", row, 3);
      expect(file, "AX.tsv", row, 6);
    }
  }

  @Test
  void commaSeparatedFilesRunToo() throws IOException {
    write("extra/CR/train.csv", 8, i -> i % 2 + ",\"good, or \"\"bad\"\" %d\"".formatted(i));
    write("extra/CR/test.csv", 6, i -> i % 2 + ",plain " + i);
    Path run = run("cr");
    assertThat(Json.read(run.resolve("result.json")).path("baseline").asDouble()).isEqualTo(0.5);
    Cli.Ran none = Cli.trimtab("submit", run.toString(), "--out", folder.resolve("x") + "");
    assertThat(none.err()).contains("no benchmark has the task cr; allowed GLUE: cola");
    assertThat(none.code()).isEqualTo(2);
  }

  @Test
  void fewShotDrawsQuestionsWholeAndADryRunCountsThem() throws IOException {
    multiRc();
    Path run = run("multirc", "--set", "data.few_shot.examples=3");
    assertThat(
            Json.read(run.resolve("result.json")).path("data").path("train").path("rows").asInt())
        .isEqualTo(6);
    copa();
    run("copa", "--dry-run");
    assertThat(folder.resolve("runs").resolve("copa")).doesNotExist();
  }

  @Test
  void lostPlacesAreWarnedOf() throws IOException {
    splits(
        "WSC",
        i ->
            "\"text\": \"%sAnn won.\", \"target\": {\"span1_index\": 0, \"span1_text\": \"x\","
                    .formatted("x ".repeat(60))
                + " \"span2_index\": 60, \"span2_text\": \"Ann\"}, \"idx\": "
                + i,
        BenchmarkRunsTest::odd);
    Path run = run("wsc");
    assertThat(Json.read(run.resolve("result.json")).path("warnings").toString())
        .contains("14 examples lost a marked place, for which the head reads [CLS]");
  }
}
