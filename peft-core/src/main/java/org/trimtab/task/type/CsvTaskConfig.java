package org.trimtab.task.type;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.task.Label;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.SplitFiles;
import org.trimtab.task.read.TableFile;
import org.trimtab.task.read.TableFormat;
import org.trimtab.task.read.TableReader;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;

/**
 * A classification whose data lie in comma-separated files with ordinary quoting.
 *
 * @param directory where the files lie
 * @param test without labels; a missing file is passed over
 * @param labels the classes in the order of their indices
 * @param metrics names, see {@link Metrics}
 * @param mainMetric the one that a run is judged by
 */
public record CsvTaskConfig(
    String name,
    Path directory,
    TableFile train,
    TableFile dev,
    Optional<TableFile> test,
    List<Label> labels,
    List<String> metrics,
    String mainMetric)
    implements TaskConfig {
  public CsvTaskConfig {
    Check.all(
        () -> Label.requireClasses(labels),
        () -> Metrics.OF_CLASSES.requireAll(metrics, mainMetric));
  }

  @Override
  public Task<?> create() {
    return new FileTask<>(
        name,
        new ClassKind(labels),
        new Scoring<>(Metrics.OF_CLASSES, metrics, mainMetric),
        this::load);
  }

  private Splits<Integer> load() {
    SplitFiles files = new SplitFiles(directory, ".csv");
    return new Splits<>(
        files.read("train", train.file(), reader(train)),
        files.read("dev", dev.file(), reader(dev)),
        List.of(),
        test.flatMap(spec -> files.optional("test", spec.file(), reader(spec))).stream().toList());
  }

  private SplitFiles.Reader<Integer> reader(TableFile spec) {
    return (split, file, subset) ->
        new TableReader<>(file, spec, TableFormat.CSV, false, new ClassKind(labels))
            .read(split, subset);
  }
}
