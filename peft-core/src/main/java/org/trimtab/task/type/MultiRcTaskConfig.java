package org.trimtab.task.type;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.json.JsonObject;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.task.Label;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.JsonLines;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;
import org.trimtab.tokenizer.Texts;

/**
 * MultiRC (Khashabi et al., 2018): passages with questions, each with several answers that are
 * right or wrong by themselves. An example is an answer; a model reads the passage, and as its pair
 * the question with the answer, so that what is too long is cut of the passage.
 *
 * @param directory where the files lie
 * @param test without labels; a missing file is passed over
 * @param metrics {@code f1-answer}, {@code f1-question}, {@code exact-match}, and means of two
 * @param mainMetric the one that a run is judged by
 */
public record MultiRcTaskConfig(
    String name,
    Path directory,
    String train,
    String dev,
    Optional<String> test,
    List<String> metrics,
    String mainMetric)
    implements TaskConfig {
  private static final ClassKind KIND =
      new ClassKind(List.of(new Label("0", "wrong"), new Label("1", "right")));

  public MultiRcTaskConfig {
    Metrics.OF_ANSWERS.requireAll(metrics, mainMetric);
  }

  @Override
  public Task<?> create() {
    JsonLines.Files files = new JsonLines.Files(directory, train, dev, test);
    return new FileTask<>(
        name,
        KIND,
        new Scoring<>(Metrics.OF_ANSWERS, metrics, mainMetric),
        () -> JsonLines.splits(files, MultiRcTaskConfig::examples));
  }

  private static List<Example<Integer>> examples(JsonObject line, boolean labelled) {
    JsonObject passage = line.object("passage");
    int ofPassage = line.number("idx");
    List<Example<Integer>> examples = new ArrayList<>();
    for (JsonObject question : passage.objects("questions")) {
      int ofQuestion = question.number("idx");
      for (JsonObject answer : question.objects("answers")) {
        examples.add(
            new Example<>(
                answer.source(),
                List.of(texts(passage, question, answer)),
                labelled ? Optional.of(JsonLines.gold(answer, "label", KIND)) : Optional.empty(),
                new BenchmarkIds(
                    List.of(ofPassage, ofQuestion, answer.number("idx")),
                    question.source(),
                    Optional.empty())));
      }
    }
    return examples;
  }

  private static Texts texts(JsonObject passage, JsonObject question, JsonObject answer) {
    return new Texts(
        passage.text("text"), Optional.of(question.text("question") + " " + answer.text("text")));
  }
}
