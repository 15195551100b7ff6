package org.trimtab.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.task.Task;
import org.trimtab.task.read.DelimitedFormat;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.TableFile;
import org.trimtab.task.type.TableTaskConfig;

/** A stored prediction is scored as the value that it was, not as one with fewer digits. */
class ScoredItemsTest {
  @TempDir Path folder = Path.of("");

  private Task<?> task() throws IOException {
    Optional<String> none = Optional.empty();
    Files.writeString(folder.resolve("dev.tsv"), "text\tlabel\na\t1.25\nb\t4.0004\n");
    TableFile file = new TableFile("dev.tsv", true, "text", none, Optional.of("label"));
    return new TableTaskConfig(
            "similarity",
            folder,
            DelimitedFormat.TSV,
            file,
            file,
            Map.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.of(new Range(0, 5)),
            List.of("mse"),
            "mse",
            false)
        .create();
  }

  private ScoredItems<?> read(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("predictions.jsonl"), List.of(lines));
    return read(task(), file);
  }

  private static <Y> ScoredItems<Y> read(Task<Y> task, Path file) {
    return ScoredItems.read(task, task.load().dev(), file);
  }

  private static String line(String gold, String predicted) {
    return "{\"index\": 0, \"text\": \"a\", \"gold\": \"%s\", \"predicted\": \"%s\", \"scores\": [7]}"
        .formatted(gold, predicted);
  }

  @Test
  void numbersAreScoredWholeAndThoughTheyLeaveTheRange() throws IOException {
    ScoredItems<?> items = read(line("1.25", "1.25"), line("4.0004", "-0.0001"));
    assertThat(items.score(0)).isZero();
    assertThat(items.score(1)).isEqualTo((4.0004 + 0.0001) * (4.0004 + 0.0001));
    assertThat(items.right(0)).isTrue();
    assertThat(items.right(1)).isFalse();
    assertThat(items.ofClasses()).isFalse();
  }

  @Test
  void whatIsNoValueOfTheTaskIsToldByItsLine() {
    assertThatThrownBy(() -> read(line("1.25", "1.25"), line("4.0004", "entailment")))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "predictions.jsonl:2: predicted: found entailment, no value of the task; remove the"
                + " trial's result.json to run it again");
  }

  @Test
  void predictionsOfOtherExamplesAreRefused() {
    assertThatThrownBy(() -> read(line("1.25", "1.25"), line("4.0", "4.0")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("these are not the examples of");
  }
}
