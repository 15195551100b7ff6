package org.trimtab.experiments.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.experiments.trial.Answer;
import org.trimtab.task.BenchmarkIds;

/** The lines of both benchmarks' files. */
class SubmissionTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  @TempDir Path folder = Path.of("");

  private static Answer answer(String value, Integer... idx) {
    return new Answer("test.jsonl:1", new BenchmarkIds(List.of(idx), "", Optional.empty()), value);
  }

  private static Answer candidate(int query, String text, String value) {
    return new Answer(
        "test.jsonl:1",
        new BenchmarkIds(
            List.of(query), "q" + query, Optional.of(new BenchmarkIds.Candidate(text, List.of()))),
        value);
  }

  /** The lines that the benchmark makes of {@code answers} for its file {@code name}. */
  private static List<String> lines(String benchmark, String name, Answer... answers) {
    return Benchmark.ALL.stream()
        .filter(b -> b.name().equals(benchmark))
        .flatMap(b -> b.parts().stream())
        .filter(part -> part.file().equals(name))
        .findFirst()
        .orElseThrow()
        .form()
        .lines(List.of(answers));
  }

  @Test
  void glueHasTheRowsNumbersInTheFilesOrderUnderAHeader() {
    for (String file : List.of("CoLA.tsv", "SST-2.tsv", "MRPC.tsv", "QQP.tsv", "WNLI.tsv")) {
      assertThat(lines("GLUE", file, answer("1", 7), answer("0", 0)))
          .containsExactly("index\tprediction", "7\t1", "0\t0");
    }
    for (String file : List.of("RTE.tsv", "QNLI.tsv")) {
      assertThat(lines("GLUE", file, answer("not_entailment", 0), answer("entailment", 1)))
          .containsExactly("index\tprediction", "0\tnot_entailment", "1\tentailment");
    }
    for (String file : List.of("MNLI-m.tsv", "MNLI-mm.tsv", "AX.tsv")) {
      assertThat(lines("GLUE", file, answer("neutral", 0), answer("contradiction", 1)))
          .containsExactly("index\tprediction", "0\tneutral", "1\tcontradiction");
    }
    assertThat(
            lines("GLUE", "STS-B.tsv", answer("2.500", 0), answer("-0.125", 1), answer("5.013", 2)))
        .containsExactly("index\tprediction", "0\t2.500", "1\t0.000", "2\t5.000");
  }

  @Test
  void superGlueHasTheFilesNumbersAndEachTasksLabels() {
    assertThat(lines("SuperGLUE", "BoolQ.jsonl", answer("true", 0), answer("false", 1)))
        .containsExactly("{\"idx\":0,\"label\":\"true\"}", "{\"idx\":1,\"label\":\"false\"}");
    assertThat(lines("SuperGLUE", "WiC.jsonl", answer("false", 3)))
        .containsExactly("{\"idx\":3,\"label\":\"false\"}");
    assertThat(lines("SuperGLUE", "WSC.jsonl", answer("true", 0), answer("false", 1)))
        .containsExactly("{\"idx\":0,\"label\":\"True\"}", "{\"idx\":1,\"label\":\"False\"}");
    assertThat(lines("SuperGLUE", "CB.jsonl", answer("contradiction", 0)))
        .containsExactly("{\"idx\":0,\"label\":\"contradiction\"}");
    assertThat(lines("SuperGLUE", "COPA.jsonl", answer("0", 0), answer("1", 1)))
        .containsExactly("{\"idx\":0,\"label\":0}", "{\"idx\":1,\"label\":1}");
    for (String file : List.of("RTE.jsonl", "AX-b.jsonl", "AX-g.jsonl")) {
      assertThat(lines("SuperGLUE", file, answer("not_entailment", 7)))
          .containsExactly("{\"idx\":7,\"label\":\"not_entailment\"}");
    }
  }

  @Test
  void multiRcIsNestedAndRecordGivesTexts() {
    assertThat(
            lines(
                "SuperGLUE",
                "MultiRC.jsonl",
                answer("0", 0, 0, 0),
                answer("1", 0, 0, 1),
                answer("1", 0, 1, 2),
                answer("0", 1, 2, 3)))
        .containsExactly(
            "{\"idx\":0,\"passage\":{\"questions\":[{\"idx\":0,\"answers\":[{\"idx\":0,\"label\":0},"
                + "{\"idx\":1,\"label\":1}]},{\"idx\":1,\"answers\":[{\"idx\":2,\"label\":1}]}]}}",
            "{\"idx\":1,\"passage\":{\"questions\":[{\"idx\":2,\"answers\":[{\"idx\":3,"
                + "\"label\":0}]}]}}");
    assertThat(
            lines(
                "SuperGLUE",
                "ReCoRD.jsonl",
                candidate(0, "Ann", "0"),
                candidate(0, "O\u2019Hara \"X\"", "1"),
                candidate(1, "Bob", "1")))
        .containsExactly(
            "{\"idx\":0,\"label\":\"O\u2019Hara \\\"X\\\"\"}", "{\"idx\":1,\"label\":\"Bob\"}");
  }

  @Test
  void anAnswerWithoutItsNumberIsToldAtItsLine() {
    assertThatThrownBy(() -> lines("SuperGLUE", "CB.jsonl", answer("neutral")))
        .isInstanceOf(UserError.class)
        .hasMessage("test.jsonl:1: no field 'idx', by which a submission is numbered");
    assertThatThrownBy(() -> lines("GLUE", "RTE.tsv", answer("entailment", 0), answer("x")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "test.jsonl:1: no whole number in the column index, idx or id, by which a submission is"
                + " numbered");
  }

  @Test
  void twoAnswersUnderOneNumberAreRefused() {
    for (String file : List.of("RTE.tsv", "AX.tsv")) {
      second(() -> lines("GLUE", file, answer("entailment", 3), answer("neutral", 3)), "3");
    }
    for (String file : List.of("CB.jsonl", "WSC.jsonl")) {
      second(() -> lines("SuperGLUE", file, answer("true", 1), answer("false", 1)), "1");
    }
    second(
        () -> lines("SuperGLUE", "MultiRC.jsonl", answer("0", 1, 2, 3), answer("1", 1, 2, 3)),
        "1.2.3");
    second(
        () -> lines("SuperGLUE", "ReCoRD.jsonl", candidate(4, "A", "1"), candidate(4, "B", "1")),
        "4");
  }

  private static void second(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String number) {
    assertThatThrownBy(action)
        .isInstanceOf(UserError.class)
        .hasMessage("test.jsonl:1: the number " + number + " a second time; first at test.jsonl:1");
  }

  private static Submission.Predictor model(Map<String, Integer> rows) {
    return splits -> {
      Map<String, List<Answer>> answers = new LinkedHashMap<>();
      rows.forEach(
          (split, n) -> {
            if (splits.contains(split)) {
              answers.put(
                  split, IntStream.range(0, n).mapToObj(i -> answer("entailment", i)).toList());
            }
          });
      return answers;
    };
  }

  @Test
  void theZipHoldsWhatThereIsAndTheRestIsNamed() throws IOException {
    Benchmark benchmark = Submission.benchmarkOf(List.of("superglue-rte"));
    Submission submission =
        Submission.of(
            benchmark, Map.of("superglue-rte", model(Map.of("test", 2, "ax-g", 1, "dev", 5))));
    Path zip = folder.resolve("submission.zip");
    submission.write(zip);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      assertThat(file.stream().map(e -> e.getName())).containsExactly("RTE.jsonl", "AX-g.jsonl");
      String text =
          new String(
              file.getInputStream(file.getEntry("RTE.jsonl")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(text)
          .isEqualTo(
              "{\"idx\":0,\"label\":\"entailment\"}\n{\"idx\":1,\"label\":\"entailment\"}\n");
    }
    assertThat(submission.missing())
        .hasSize(8)
        .containsEntry("CB.jsonl", "no run of cb")
        .containsEntry("AX-b.jsonl", "the data of superglue-rte have no part 'ax-b'");
    byte[] bytes = Files.readAllBytes(zip);
    submission.write(zip);
    assertThat(Files.readAllBytes(zip)).isEqualTo(bytes);
  }

  @Test
  void whatCannotBeSubmittedIsRefused() {
    refused(
        () -> Submission.benchmarkOf(List.of("cola", "copa")),
        "the runs belong to different benchmarks; found cola, copa; allowed GLUE: cola, sst-2");
    refused(
        () -> Submission.benchmarkOf(List.of("sentiment")),
        "no benchmark has the task sentiment; allowed GLUE: cola, ");
    Benchmark glue = Submission.benchmarkOf(List.of("qqp", "mnli"));
    assertThat(glue.name()).isEqualTo("GLUE");
    Submission empty = Submission.of(glue, Map.of("qqp", model(Map.of())));
    refused(() -> empty.write(folder.resolve("x.zip")), "nothing to submit to GLUE: CoLA.tsv: no");
    assertThat(folder.resolve("x.zip")).doesNotExist();
    refused(
        () -> Submission.requireWritable(folder.resolve("none/x.zip")),
        "no file in a folder that is there");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable action, String message) {
    assertThatThrownBy(action).isInstanceOf(UserError.class).hasMessageContaining(message);
  }

  /** The names here are those of the shipped task files. */
  @Test
  void everyFilesTaskAndSplitAreShipped() throws IOException {
    assertThat(Benchmark.ALL.stream().map(b -> b.parts().size())).containsExactly(11, 10);
    for (Benchmark.Part part : Benchmark.ALL.stream().flatMap(b -> b.parts().stream()).toList()) {
      Path file = ROOT.resolve("configs/tasks/" + part.task() + ".yaml");
      try (Stream<String> lines = Files.lines(file)) {
        assertThat(lines.map(String::strip))
            .contains("name: " + part.task())
            .anyMatch(line -> line.startsWith(part.split() + ":"));
      }
    }
  }
}
