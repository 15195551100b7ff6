package org.trimtab.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.json.Check;
import org.trimtab.json.Invalid;

/**
 * A task whose data lie in tab-separated files without quoting: GLUE's, and users' own.
 *
 * @param directory where the files lie
 * @param further more dev sets by name; a missing file is passed over
 * @param test without labels; a missing file is passed over
 * @param labels the classes in the order of their indices; absent for a regression
 * @param range of the gold values of a regression; absent for a classification
 * @param metrics names, see {@link Metrics}
 * @param mainMetric the one that a run is judged by
 * @param skipShortRows whether rows with too few columns are counted and passed over
 */
public record TsvTaskConfig(
    String name,
    Path directory,
    FileSpec train,
    FileSpec dev,
    Map<String, FileSpec> further,
    Optional<FileSpec> test,
    Optional<List<Label>> labels,
    Optional<Range> range,
    List<String> metrics,
    String mainMetric,
    boolean skipShortRows)
    implements TaskConfig {
  public TsvTaskConfig {
    if (labels.isPresent() == range.isPresent()) {
      throw new Invalid("labels", "a task has either labels (classes) or a range (a regression)");
    }
    Check.all(
        () -> labels.ifPresent(TsvTaskConfig::requireClasses),
        () -> Check.notEmpty("metrics", metrics),
        () -> Check.distinct("metrics", metrics),
        () -> requireFit(metrics, labels.isPresent()),
        () -> requireComputed(mainMetric, metrics));
  }

  private static void requireClasses(List<Label> labels) {
    if (labels.size() < 2) {
      throw new Invalid("labels", "found " + labels.size() + "; allowed at least two classes");
    }
    Check.distinct("labels", labels.stream().map(Label::value).toList());
  }

  private static void requireFit(List<String> metrics, boolean classes) {
    for (int i = 0; i < metrics.size(); i++) {
      Metrics.requireKnown("metrics[" + i + "]", metrics.get(i), classes);
    }
  }

  private static void requireComputed(String mainMetric, List<String> metrics) {
    if (!metrics.contains(mainMetric)) {
      throw new Invalid(
          "mainMetric",
          "not computed; found " + mainMetric + "; allowed " + String.join(", ", metrics));
    }
  }

  @Override
  public Task<?> create() {
    return labels.isPresent()
        ? new TsvTask<>(this, new ClassKind(labels.get()))
        : new TsvTask<>(this, new NumberKind(range.orElseThrow()));
  }

  /**
   * One file. A column is a name of the header line, a number from 0 on, or {@code last}.
   *
   * @param header whether the first line names the columns
   * @param text the column of the text
   * @param pair the column of the second text
   * @param label the column of the gold value
   */
  public record FileSpec(
      String file, boolean header, String text, Optional<String> pair, Optional<String> label) {}

  /**
   * A class.
   *
   * @param value as the files write it
   * @param word that says what it means
   */
  public record Label(String value, String word) {}

  /** The bounds of a regression's gold values, both allowed. */
  public record Range(double min, double max) {
    public Range {
      if (min >= max) {
        throw new Invalid("min", "found " + min + "; allowed a number below max, " + max);
      }
    }
  }
}
