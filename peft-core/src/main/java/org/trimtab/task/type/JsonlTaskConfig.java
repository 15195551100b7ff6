package org.trimtab.task.type;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.task.Label;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.FileSpec;
import org.trimtab.task.read.JsonLines;
import org.trimtab.task.read.JsonlReader;
import org.trimtab.task.read.SpanFields;
import org.trimtab.task.read.SplitFiles;
import org.trimtab.task.score.Decision;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;

/**
 * A classification whose data lie in files with a JSON object a line: SuperGLUE's sentence pairs,
 * and users' own.
 *
 * @param directory where the files lie
 * @param further more dev sets by name; a missing file is passed over
 * @param test without labels; a missing file is passed over
 * @param spans places of the texts that the head reads besides the pooled row
 * @param labels the classes in the order of their indices
 * @param metrics names, see {@link Metrics}
 * @param mainMetric the one that a run is judged by
 * @param furtherMetrics of further dev sets that are judged by others, by their names
 */
public record JsonlTaskConfig(
    String name,
    Path directory,
    FileSpec train,
    FileSpec dev,
    Map<String, FileSpec> further,
    Optional<FileSpec> test,
    List<SpanFields> spans,
    List<Label> labels,
    List<String> metrics,
    String mainMetric,
    Map<String, List<String>> furtherMetrics)
    implements TaskConfig {
  public JsonlTaskConfig {
    Check.all(
        () -> Label.requireClasses(labels),
        () -> Metrics.OF_CLASSES.requireAll(metrics, mainMetric),
        () -> requireFurther(furtherMetrics, further),
        () -> SplitFiles.requireNames("further", further.keySet(), Set.of()),
        () -> Check.distinct("spans", spans),
        () -> requirePair(spans, Stream.concat(Stream.of(train, dev), test.stream()).toList()));
  }

  private static void requireFurther(
      Map<String, List<String>> metrics, Map<String, FileSpec> further) {
    metrics.forEach(
        (name, own) -> {
          if (!further.containsKey(name)) {
            throw new Invalid(
                "furtherMetrics." + name,
                "no further dev set; allowed " + String.join(", ", further.keySet()));
          }
          Metrics.OF_CLASSES.requireFit("furtherMetrics." + name, own);
        });
  }

  private static void requirePair(List<SpanFields> spans, List<FileSpec> files) {
    for (int i = 0; i < spans.size(); i++) {
      if (spans.get(i).of() == SpanFields.Part.PAIR
          && files.stream().anyMatch(file -> file.pair().isEmpty())) {
        throw new Invalid("spans[" + i + "].of", "found pair; allowed text: a file has no pair");
      }
    }
  }

  @Override
  public Task<?> create() {
    ClassKind kind = new ClassKind(labels);
    return new FileTask<>(
        name,
        kind,
        spans.size(),
        new Scoring<>(Metrics.OF_CLASSES, metrics, mainMetric, furtherMetrics),
        Decision.each(),
        () -> load(kind));
  }

  private Splits<Integer> load(ClassKind kind) {
    SplitFiles files = new SplitFiles(directory, ".jsonl");
    List<Split<Integer>> more = new ArrayList<>();
    further.forEach(
        (split, spec) ->
            files.optional(split, spec.file(), reader(spec, kind)).ifPresent(more::add));
    return new Splits<>(
        files.read("train", train.file(), reader(train, kind)),
        files.read("dev", dev.file(), reader(dev, kind)),
        more,
        test.flatMap(spec -> files.optional("test", spec.file(), reader(spec, kind))).stream()
            .toList());
  }

  private SplitFiles.Reader<Integer> reader(FileSpec spec, ClassKind kind) {
    JsonlReader<Integer> reader = new JsonlReader<>(spec, spans, kind);
    return (split, file, subset) ->
        JsonLines.read(split, file, subset, line -> List.of(reader.example(line)));
  }
}
