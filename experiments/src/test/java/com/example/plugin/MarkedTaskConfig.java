package com.example.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trimtab.base.Better;
import org.trimtab.base.Check;
import org.trimtab.base.TextFile;
import org.trimtab.task.Label;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.SplitFiles;
import org.trimtab.task.read.TableFile;
import org.trimtab.task.read.TableFormat;
import org.trimtab.task.read.TableReader;
import org.trimtab.task.score.Judged;
import org.trimtab.task.score.MetricTable;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;
import org.trimtab.task.type.FileTask;

/**
 * A classification of lines that begin with their label, a mark behind it.
 *
 * @param mark between label and text
 */
public record MarkedTaskConfig(
    String name,
    Path directory,
    String mark,
    List<Label> labels,
    List<String> metrics,
    String mainMetric)
    implements TaskConfig {
  private static final MetricTable<Integer> METRICS =
      Metrics.OF_CLASSES.with("errors", Better.LOWER, MarkedTaskConfig::errors);

  public MarkedTaskConfig {
    Check.all(() -> Label.requireClasses(labels), () -> METRICS.requireAll(metrics, mainMetric));
  }

  private static double errors(List<Judged<Integer>> judged) {
    return judged.stream().filter(j -> !j.gold().equals(j.predicted())).count();
  }

  @Override
  public Task<?> create() {
    return new FileTask<>(
        name, new ClassKind(labels), new Scoring<>(METRICS, metrics, mainMetric), this::load);
  }

  private Splits<Integer> load() {
    SplitFiles files = new SplitFiles(directory, ".txt");
    return new Splits<>(
        files.read("train", "train.txt", this::read),
        files.read("dev", "dev.txt", this::read),
        List.of(),
        List.of());
  }

  private Split<Integer> read(String split, Path file, boolean subset) {
    TableFile columns = new TableFile("", false, "1", Optional.empty(), Optional.of("0"));
    return new TableReader<>(file, columns, this::rows, false, new ClassKind(labels))
        .read(split, subset);
  }

  private List<TableFormat.Cells> rows(Path file) {
    List<TableFormat.Cells> rows = new ArrayList<>();
    for (String line : new TextFile(file).lines()) {
      List<String> cells = List.of(line.split(Pattern.quote(mark), 2));
      rows.add(new TableFormat.Cells(rows.size() + 1, cells));
    }
    return rows;
  }
}
