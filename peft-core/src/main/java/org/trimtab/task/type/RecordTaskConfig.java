package org.trimtab.task.type;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.json.JsonObject;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.task.Label;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.JsonLines;
import org.trimtab.task.score.Decision;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;
import org.trimtab.tokenizer.Texts;

/**
 * ReCoRD (Zhang et al., 2018): news texts with queries in which an entity is missing. An example is
 * an entity of the text, each once; a model reads the text, and as its pair the query with the
 * entity in its place. Training is binary; a query's answer is the likeliest entity.
 *
 * @param directory where the files lie
 * @param test without answers; a missing file is passed over
 * @param metrics {@code f1-token}, {@code exact-match}, and the mean of both
 * @param mainMetric the one that a run is judged by
 */
public record RecordTaskConfig(
    String name,
    Path directory,
    String train,
    String dev,
    Optional<String> test,
    List<String> metrics,
    String mainMetric)
    implements TaskConfig {
  private static final String PLACEHOLDER = "@placeholder";
  private static final ClassKind KIND =
      new ClassKind(List.of(new Label("0", "wrong"), new Label("1", "right")));

  public RecordTaskConfig {
    Metrics.OF_CANDIDATES.requireAll(metrics, mainMetric);
  }

  @Override
  public Task<?> create() {
    JsonLines.Files files = new JsonLines.Files(directory, train, dev, test);
    return new FileTask<>(
        name,
        KIND,
        0,
        new Scoring<>(Metrics.OF_CANDIDATES, metrics, mainMetric),
        Decision.bestOfGroup(),
        () -> JsonLines.splits(files, RecordTaskConfig::examples));
  }

  private static List<Example<Integer>> examples(JsonObject line, boolean labelled) {
    String text = line.object("passage").text("text");
    List<String> entities =
        line.object("passage").objects("entities").stream()
            .map(entity -> mention(entity, text))
            .distinct()
            .toList();
    List<Example<Integer>> examples = new ArrayList<>();
    for (JsonObject query : line.objects("qas")) {
      List<String> answers = labelled ? answers(query) : List.of();
      for (String entity : entities) {
        examples.add(
            new Example<>(
                query.source(),
                List.of(new Texts(text, Optional.of(filled(query, entity)))),
                labelled ? Optional.of(answers.contains(entity) ? 1 : 0) : Optional.empty(),
                origin(query, entity, answers)));
      }
    }
    return examples;
  }

  private static BenchmarkIds origin(JsonObject query, String entity, List<String> answers) {
    return new BenchmarkIds(
        List.of(query.number("idx")),
        query.source(),
        Optional.of(new BenchmarkIds.Candidate(entity, answers)));
  }

  private static List<String> answers(JsonObject query) {
    return query.objects("answers").stream().map(answer -> answer.text("text")).distinct().toList();
  }

  /** Characters are code points, and the end is the last one. */
  private static String mention(JsonObject entity, String text) {
    int from = entity.number("start");
    int to = entity.number("end") + 1;
    int length = text.codePointCount(0, text.length());
    if (from >= to || to > length) {
      throw new UserError(
          entity.source()
              + ": found characters "
              + from
              + " to "
              + (to - 1)
              + ", outside of the text, which has "
              + length
              + " characters");
    }
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }

  private static String filled(JsonObject query, String entity) {
    String text = query.text("query");
    if (!text.contains(PLACEHOLDER)) {
      throw new UserError(query.source() + ": query: holds no " + PLACEHOLDER);
    }
    return text.replace(PLACEHOLDER, entity);
  }
}
