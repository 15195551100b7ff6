package org.trimtab.task.type;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.json.JsonObject;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.ChoiceKind;
import org.trimtab.task.read.JsonLines;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;
import org.trimtab.tokenizer.Texts;

/**
 * A task whose examples have several choices, one of them right, as COPA (Roemmele et al., 2011):
 * files with a JSON object a line. A model reads the text with a choice as its pair, each choice by
 * itself.
 *
 * @param directory where the files lie
 * @param test without labels; a missing file is passed over
 * @param text the field of the text
 * @param question the field that says what is asked of it
 * @param questions what a value of that field adds to the text, in words
 * @param choices the fields of the choices
 * @param label the field of the right choice's number, from 0 on
 * @param metrics names, see {@link Metrics}
 * @param mainMetric the one that a run is judged by
 */
public record MultipleChoiceTaskConfig(
    String name,
    Path directory,
    String train,
    String dev,
    Optional<String> test,
    String text,
    Optional<String> question,
    Map<String, String> questions,
    List<String> choices,
    String label,
    List<String> metrics,
    String mainMetric)
    implements TaskConfig {
  public MultipleChoiceTaskConfig {
    Check.all(
        () -> requireChoices(choices),
        () -> requireRoles(Optional.of(text), question, Optional.of(label), choices),
        () -> Metrics.OF_CLASSES.requireAll(metrics, mainMetric),
        () -> {
          if (question.isPresent() == questions.isEmpty()) {
            throw new Invalid("questions", "belongs to question: name both or neither");
          }
        });
  }

  private static void requireRoles(
      Optional<String> text,
      Optional<String> question,
      Optional<String> label,
      List<String> choices) {
    Check.all(
        () -> Check.differ("question", question, "text", text),
        () -> Check.differ("label", label, "text", text),
        () -> Check.differ("label", label, "question", question));
    for (int i = 0; i < choices.size(); i++) {
      String key = "choices[" + i + "]";
      Optional<String> choice = Optional.of(choices.get(i));
      Check.all(
          () -> Check.differ(key, choice, "text", text),
          () -> Check.differ(key, choice, "question", question),
          () -> Check.differ(key, choice, "label", label));
    }
  }

  private static void requireChoices(List<String> choices) {
    if (choices.size() < 2) {
      throw new Invalid("choices", "found " + choices.size() + "; allowed at least two fields");
    }
    Check.distinct("choices", choices);
  }

  @Override
  public Task<?> create() {
    JsonLines.Files files = new JsonLines.Files(directory, train, dev, test);
    return new FileTask<>(
        name,
        new ChoiceKind(choices.size()),
        new Scoring<>(Metrics.OF_CLASSES, metrics, mainMetric),
        () -> JsonLines.splits(files, this::examples));
  }

  private List<Example<Integer>> examples(JsonObject line, boolean labelled) {
    String asked = question.map(field -> words(line, field)).orElse("");
    String premise = (line.text(text) + " " + asked).strip();
    ChoiceKind kind = new ChoiceKind(choices.size());
    return List.of(
        new Example<>(
            line.source(),
            choices.stream().map(c -> new Texts(premise, Optional.of(line.text(c)))).toList(),
            labelled ? Optional.of(JsonLines.gold(line, label, kind)) : Optional.empty(),
            new BenchmarkIds(JsonLines.idx(line), "", Optional.empty())));
  }

  private String words(JsonObject line, String field) {
    String value = line.text(field);
    return Optional.ofNullable(questions.get(value))
        .orElseThrow(
            () ->
                new UserError(
                    line.source()
                        + ": "
                        + field
                        + " '"
                        + value
                        + "' is unknown; allowed "
                        + String.join(", ", questions.keySet())));
  }
}
