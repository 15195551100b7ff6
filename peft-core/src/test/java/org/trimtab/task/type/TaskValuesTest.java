package org.trimtab.task.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.task.Label;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.DelimitedFormat;
import org.trimtab.task.read.FileSpec;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.TableFile;

/** What a task writes of a value, it reads back as that value. */
class TaskValuesTest {
  private static final Path FOLDER = Path.of("none");
  private static final Optional<String> NONE = Optional.empty();
  private static final List<Label> LABELS =
      List.of(new Label("no", "wrong"), new Label("1", "maybe"), new Label("yes", "right"));
  private static final List<String> ACCURACY = List.of("accuracy");
  private static final TableFile TABLE = new TableFile("f", true, "text", NONE, NONE);
  private static final FileSpec FILE = new FileSpec("f", "text", NONE, NONE, NONE);

  private static TaskConfig tsv(Optional<List<Label>> labels, Optional<Range> range) {
    return table(DelimitedFormat.TSV, labels, range);
  }

  private static TaskConfig table(
      DelimitedFormat format, Optional<List<Label>> labels, Optional<Range> range) {
    List<String> metrics = labels.isPresent() ? ACCURACY : List.of("pearson");
    return new TableTaskConfig(
        "table",
        FOLDER,
        format,
        TABLE,
        TABLE,
        Map.of(),
        Optional.empty(),
        Map.of(),
        labels,
        range,
        metrics,
        metrics.get(0),
        false);
  }

  private static TaskConfig csv() {
    return table(DelimitedFormat.CSV, Optional.of(LABELS), Optional.empty());
  }

  private static TaskConfig jsonl() {
    return new JsonlTaskConfig(
        "jsonl",
        FOLDER,
        FILE,
        FILE,
        Map.of(),
        Optional.empty(),
        List.of(),
        LABELS,
        ACCURACY,
        "accuracy",
        Map.of());
  }

  private static TaskConfig choice() {
    return new MultipleChoiceTaskConfig(
        "choice",
        FOLDER,
        "f",
        "f",
        NONE,
        "text",
        NONE,
        Map.of(),
        List.of("a", "b", "c"),
        "label",
        ACCURACY,
        "accuracy");
  }

  private static Task<Double> numbers() {
    return typed(tsv(Optional.empty(), Optional.of(new Range(0, 5))).create());
  }

  static Stream<Arguments> tasks() {
    List<Integer> three = List.of(0, 1, 2);
    List<Integer> two = List.of(0, 1);
    List<Double> numbers =
        List.of(0.0, -0.0, 1 / 3.0, 4.9999, 5.0, -7.25, 1e300, Double.MIN_VALUE, Double.NaN);
    List<String> exact = List.of("exact-match");
    return Stream.of(
        Arguments.of(tsv(Optional.of(LABELS), Optional.empty()).create(), three),
        Arguments.of(numbers(), numbers),
        Arguments.of(csv().create(), three),
        Arguments.of(jsonl().create(), three),
        Arguments.of(choice().create(), three),
        Arguments.of(
            new MultiRcTaskConfig("mrc", FOLDER, "f", "f", NONE, exact, "exact-match").create(),
            two),
        Arguments.of(
            new RecordTaskConfig("rec", FOLDER, "f", "f", NONE, exact, "exact-match").create(),
            two));
  }

  @SuppressWarnings("unchecked") // the tasks above are of these values
  private static <Y> Task<Y> typed(Task<?> task) {
    return (Task<Y>) task;
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void parsingIsTheInverseOfFormatting(Task<?> task, List<?> values) {
    Task<Object> any = typed(task);
    for (Object value : values) {
      assertThat(any.parse(any.format(value))).contains(value);
    }
    assertThat(any.parse("no value of any task")).isEmpty();
  }

  @Test
  void peopleReadThreeDigitsOfANumberAndAClassAsItIs() {
    assertThat(numbers().display(2.34567)).isEqualTo("2.346");
    assertThat(numbers().format(2.34567)).isEqualTo("2.34567");
    Task<Integer> classes = typed(jsonl().create());
    assertThat(classes.display(2)).isEqualTo("yes");
  }
}
