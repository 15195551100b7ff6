package org.trimtab.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.json.Check;

/**
 * A classification whose data lie in files with a JSON object a line: SuperGLUE's sentence pairs,
 * and users' own.
 *
 * @param directory where the files lie
 * @param further more dev sets by name; a missing file is passed over
 * @param test without labels; a missing file is passed over
 * @param labels the classes in the order of their indices
 * @param metrics names, see {@link Metrics}
 * @param mainMetric the one that a run is judged by
 */
public record JsonlTaskConfig(
    String name,
    Path directory,
    FileSpec train,
    FileSpec dev,
    Map<String, FileSpec> further,
    Optional<FileSpec> test,
    List<Label> labels,
    List<String> metrics,
    String mainMetric)
    implements TaskConfig {
  public JsonlTaskConfig {
    Check.all(
        () -> Label.requireClasses(labels), () -> Metrics.requireAll(metrics, mainMetric, true));
  }

  /**
   * One file, and the fields of its objects.
   *
   * @param text the field of the text
   * @param pair the field of the second text
   * @param label the field of the gold value: a text, a number or a truth value
   */
  public record FileSpec(String file, String text, Optional<String> pair, Optional<String> label) {}

  @Override
  public Task<?> create() {
    ClassKind kind = new ClassKind(labels);
    return new FileTask<>(name, metrics, mainMetric, kind, () -> load(kind));
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
        test.flatMap(spec -> files.optional("test", spec.file(), reader(spec, kind))));
  }

  private static SplitFiles.Reader<Integer> reader(FileSpec spec, ClassKind kind) {
    return (split, file, subset) -> new JsonlReader<>(file, spec, kind).read(split, subset);
  }
}
