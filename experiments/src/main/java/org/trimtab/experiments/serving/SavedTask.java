package org.trimtab.experiments.serving;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.task.Task;

/**
 * A saved run under the name that it is served by.
 *
 * @param told what clients are told of it
 * @param model opens it
 */
public record SavedTask(ServedTask told, Supplier<SavedRun<?>> model) {
  /**
   * What clients are told of {@code task}.
   *
   * @param settings of its experiment, by key
   * @throws UserError if it reads more than a text or a pair
   */
  public static ServedTask told(
      String name, Task<?> task, Map<String, String> settings, int maximumLength) {
    if (!task.spec().ofPlainTexts()) {
      throw new UserError(
          name
              + ": the task "
              + task.name()
              + " reads more of an example than a text or a pair; allowed a run whose task reads"
              + " no more");
    }
    return new ServedTask(
        name,
        labels(task),
        backbone(settings),
        settings.getOrDefault("method.type", ""),
        maximumLength);
  }

  private static String backbone(Map<String, String> settings) {
    return Stream.of("backbone.model", "backbone.directory", "backbone.file", "backbone.type")
        .filter(settings::containsKey)
        .map(settings::get)
        .findFirst()
        .orElse("");
  }

  /** As predictions name them. */
  private static <Y> List<String> labels(Task<Y> task) {
    if (task.words().isEmpty()) {
      return List.of(ServedTask.VALUE);
    }
    Class<Y> values = task.spec().values();
    return values.equals(Integer.class)
        ? IntStream.range(0, task.words().size())
            .mapToObj(index -> task.display(values.cast(index)))
            .toList()
        : task.words();
  }
}
