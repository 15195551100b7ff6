package org.trimtab.experiments.submit;

import java.util.List;
import java.util.function.Function;

/**
 * The files of a benchmark's submission: GLUE (Wang et al., 2018) and SuperGLUE (Wang et al.,
 * 2019).
 */
public record Benchmark(String name, List<Part> parts) {
  /**
   * One file.
   *
   * @param file its name within the zip
   * @param task the name of the task that a model was trained on
   * @param split the part of the task's data that is predicted
   */
  public record Part(String file, String task, String split, AnswerFormat form) {}

  private static final AnswerFormat TABLE = AnswerFormat.table(Function.identity());
  private static final AnswerFormat OBJECTS = AnswerFormat.objects(label -> label);

  /** Both; a name of a task is that of its file in {@code configs/tasks}. */
  public static final List<Benchmark> ALL = List.of(glue(), superGlue());

  private static Benchmark glue() {
    return new Benchmark(
        "GLUE",
        List.of(
            new Part("CoLA.tsv", "cola", "test", TABLE),
            new Part("SST-2.tsv", "sst-2", "test", TABLE),
            new Part("MRPC.tsv", "mrpc", "test", TABLE),
            new Part("STS-B.tsv", "sts-b", "test", AnswerFormat.table(AnswerFormat::similarity)),
            new Part("QQP.tsv", "qqp", "test", TABLE),
            new Part("MNLI-m.tsv", "mnli", "test", TABLE),
            new Part("MNLI-mm.tsv", "mnli", "mismatched-test", TABLE),
            new Part("QNLI.tsv", "qnli", "test", TABLE),
            new Part("RTE.tsv", "rte", "test", TABLE),
            new Part("WNLI.tsv", "wnli", "test", TABLE),
            new Part("AX.tsv", "mnli", "diagnostic", TABLE)));
  }

  private static Benchmark superGlue() {
    return new Benchmark(
        "SuperGLUE",
        List.of(
            new Part("BoolQ.jsonl", "boolq", "test", OBJECTS),
            new Part("CB.jsonl", "cb", "test", OBJECTS),
            new Part("COPA.jsonl", "copa", "test", AnswerFormat.objects(Integer::valueOf)),
            new Part("MultiRC.jsonl", "multirc", "test", AnswerFormat.passages()),
            new Part("ReCoRD.jsonl", "record", "test", AnswerFormat.candidates()),
            new Part("RTE.jsonl", "superglue-rte", "test", OBJECTS),
            new Part("WiC.jsonl", "wic", "test", OBJECTS),
            new Part("WSC.jsonl", "wsc", "test", AnswerFormat.objects(AnswerFormat::capitalized)),
            new Part("AX-b.jsonl", "superglue-rte", "ax-b", OBJECTS),
            new Part("AX-g.jsonl", "superglue-rte", "ax-g", OBJECTS)));
  }

  /** Whether a file is made by models of {@code task}. */
  boolean has(String task) {
    return parts.stream().anyMatch(part -> part.task().equals(task));
  }
}
