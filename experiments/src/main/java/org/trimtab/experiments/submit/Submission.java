package org.trimtab.experiments.submit;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.experiments.trial.Answer;

/** The files of one benchmark, made by several tasks' models. */
public final class Submission {
  /** Of every entry: the same predictions make the same bytes. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Benchmark benchmark;
  private final Map<String, List<String>> files = new LinkedHashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  private Submission(Benchmark benchmark) {
    this.benchmark = benchmark;
  }

  /**
   * Predicts parts of a task's data: the answers by the part; a part that isn't there is absent.
   */
  @FunctionalInterface
  public interface Predictor {
    Map<String, List<Answer>> answers(List<String> splits);
  }

  /**
   * The benchmark that all of {@code tasks} belong to.
   *
   * @throws UserError if there is none
   */
  public static Benchmark benchmarkOf(List<String> tasks) {
    for (String task : tasks) {
      if (Benchmark.ALL.stream().noneMatch(b -> b.has(task))) {
        throw new UserError(
            "no benchmark has the task "
                + task
                + "; allowed "
                + Benchmark.ALL.stream().map(Submission::tasks).collect(Collectors.joining("; ")));
      }
    }
    return Benchmark.ALL.stream()
        .filter(b -> tasks.stream().allMatch(b::has))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "the runs belong to different benchmarks; found "
                        + String.join(", ", tasks)
                        + "; allowed "
                        + Benchmark.ALL.stream()
                            .map(Submission::tasks)
                            .collect(Collectors.joining("; or "))));
  }

  private static String tasks(Benchmark benchmark) {
    return benchmark.name()
        + ": "
        + benchmark.parts().stream()
            .map(Benchmark.Part::task)
            .distinct()
            .collect(Collectors.joining(", "));
  }

  /**
   * Predicts all that {@code models} can.
   *
   * @param models by their tasks, all of {@code benchmark}
   */
  public static Submission of(Benchmark benchmark, Map<String, Predictor> models) {
    Map<String, Map<String, List<Answer>>> answers = new LinkedHashMap<>();
    models.forEach((task, model) -> answers.put(task, model.answers(splits(benchmark, task))));
    Submission submission = new Submission(benchmark);
    for (Benchmark.Part part : benchmark.parts()) {
      Optional<Map<String, List<Answer>>> ofTask = Optional.ofNullable(answers.get(part.task()));
      Optional<List<Answer>> found =
          ofTask.flatMap(splits -> Optional.ofNullable(splits.get(part.split())));
      found.ifPresentOrElse(
          known -> submission.files.put(part.file(), part.form().lines(known)),
          () -> submission.missing.put(part.file(), reason(part, ofTask.isPresent())));
    }
    return submission;
  }

  private static List<String> splits(Benchmark benchmark, String task) {
    return benchmark.parts().stream()
        .filter(part -> part.task().equals(task))
        .map(Benchmark.Part::split)
        .toList();
  }

  private static String reason(Benchmark.Part part, boolean run) {
    return run
        ? "the data of " + part.task() + " have no part '" + part.split() + "'"
        : "no run of " + part.task();
  }

  /** The lines of each file. */
  public Map<String, List<String>> files() {
    return files;
  }

  /** Why a file of the benchmark can't be there. */
  public Map<String, String> missing() {
    return missing;
  }

  /**
   * Refuses a file that could not be written.
   *
   * @throws UserError if its folder is not there
   */
  public static void requireWritable(Path zip) {
    Path folder = Optional.ofNullable(zip.toAbsolutePath().getParent()).orElse(zip);
    if (Files.isDirectory(zip) || !Files.isDirectory(folder)) {
      throw new UserError("--out " + zip + ": no file in a folder that is there");
    }
  }

  /**
   * Writes what there is.
   *
   * @throws UserError if that is nothing
   */
  public void write(Path zip) {
    if (files.isEmpty()) {
      throw new UserError(
          "nothing to submit to "
              + benchmark.name()
              + ": "
              + missing.entrySet().stream()
                  .map(e -> e.getKey() + ": " + e.getValue())
                  .collect(Collectors.joining("; ")));
    }
    AtomicFile.write(
        zip,
        channel -> {
          ZipOutputStream out = new ZipOutputStream(Channels.newOutputStream(channel));
          for (Map.Entry<String, List<String>> file : files.entrySet()) {
            add(file.getKey(), file.getValue(), out);
          }
          out.finish();
        });
  }

  private static void add(String name, List<String> lines, ZipOutputStream out) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    out.putNextEntry(entry);
    out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }
}
