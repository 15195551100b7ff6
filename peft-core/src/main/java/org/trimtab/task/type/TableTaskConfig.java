package org.trimtab.task.type;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.base.Check;
import org.trimtab.task.Label;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.DelimitedFormat;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.SplitFiles;
import org.trimtab.task.read.TableFile;
import org.trimtab.task.read.TableReader;
import org.trimtab.task.read.ValueKind;
import org.trimtab.task.score.Metrics;

/**
 * A task whose data lie in files of rows and columns: GLUE's, and users' own.
 *
 * @param directory where the files lie
 * @param format how rows and columns are told apart
 * @param further more dev sets by name; a missing file is passed over
 * @param test without labels; a missing file is passed over
 * @param furtherTests more files without labels, by name; a missing file is passed over
 * @param labels the classes in the order of their indices; absent for a regression
 * @param range of the gold values of a regression; absent for a classification
 * @param metrics names, see {@link Metrics}
 * @param mainMetric the one that a run is judged by
 * @param skipShortRows whether rows with too few columns are counted and passed over
 */
public record TableTaskConfig(
    String name,
    Path directory,
    DelimitedFormat format,
    TableFile train,
    TableFile dev,
    Map<String, TableFile> further,
    Optional<TableFile> test,
    Map<String, TableFile> furtherTests,
    Optional<List<Label>> labels,
    Optional<Range> range,
    List<String> metrics,
    String mainMetric,
    boolean skipShortRows)
    implements TaskConfig {
  public TableTaskConfig {
    GoldValues values = new GoldValues(labels, range);
    Check.all(
        values::requireClasses,
        () -> values.requireComputed(metrics, mainMetric),
        () -> SplitFiles.requireNames("further", further.keySet(), Set.of()),
        () -> SplitFiles.requireNames("furtherTests", furtherTests.keySet(), further.keySet()));
  }

  @Override
  public Task<?> create() {
    return new GoldValues(labels, range).task(name, metrics, mainMetric, this::load);
  }

  private <Y> Splits<Y> load(ValueKind<Y> kind) {
    SplitFiles files = new SplitFiles(directory, format.ending());
    List<Split<Y>> more = new ArrayList<>();
    further.forEach(
        (split, spec) ->
            files.optional(split, spec.file(), reader(spec, kind)).ifPresent(more::add));
    List<Split<Y>> tests = new ArrayList<>();
    test.flatMap(spec -> unlabelled(files, "test", spec, kind)).ifPresent(tests::add);
    furtherTests.forEach(
        (split, spec) -> unlabelled(files, split, spec, kind).ifPresent(tests::add));
    return new Splits<>(
        files.read("train", train.file(), reader(train, kind)),
        files.read("dev", dev.file(), reader(dev, kind)),
        more,
        tests);
  }

  private <Y> Optional<Split<Y>> unlabelled(
      SplitFiles files, String split, TableFile spec, ValueKind<Y> kind) {
    return files.optional(
        split,
        spec.file(),
        (name, file, subset) -> reader(file, spec, kind).readNumbered(name, subset));
  }

  private <Y> SplitFiles.Reader<Y> reader(TableFile spec, ValueKind<Y> kind) {
    return (split, file, subset) -> reader(file, spec, kind).read(split, subset);
  }

  private <Y> TableReader<Y> reader(Path file, TableFile spec, ValueKind<Y> kind) {
    return new TableReader<>(file, spec, format, skipShortRows, kind);
  }
}
