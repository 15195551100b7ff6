package org.trimtab.task;

import java.nio.file.Path;
import java.util.ArrayList;
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
        () -> labels.ifPresent(Label::requireClasses),
        () -> Metrics.requireAll(metrics, mainMetric, labels.isPresent()));
  }

  @Override
  public Task<?> create() {
    return labels.isPresent()
        ? create(new ClassKind(labels.get()))
        : create(new NumberKind(range.orElseThrow()));
  }

  private <Y> Task<Y> create(ValueKind<Y> kind) {
    return new FileTask<>(name, metrics, mainMetric, kind, () -> load(kind));
  }

  private <Y> Splits<Y> load(ValueKind<Y> kind) {
    SplitFiles files = new SplitFiles(directory, ".tsv");
    List<Split<Y>> more = new ArrayList<>();
    further.forEach((split, spec) -> optional(files, split, spec, kind).ifPresent(more::add));
    return new Splits<>(
        files.read("train", train.file(), reader(train, kind)),
        files.read("dev", dev.file(), reader(dev, kind)),
        more,
        test.flatMap(spec -> optional(files, "test", spec, kind)));
  }

  private <Y> Optional<Split<Y>> optional(
      SplitFiles files, String split, FileSpec spec, ValueKind<Y> kind) {
    return files.optional(split, spec.file(), reader(spec, kind));
  }

  private <Y> SplitFiles.Reader<Y> reader(FileSpec spec, ValueKind<Y> kind) {
    return (split, file, subset) ->
        new TsvReader<>(file, spec, skipShortRows, kind).read(split, subset);
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

  /** The bounds of a regression's gold values, both allowed. */
  public record Range(double min, double max) {
    public Range {
      if (min >= max) {
        throw new Invalid("min", "found " + min + "; allowed a number below max, " + max);
      }
    }
  }
}
