package org.trimtab.jmh.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.task.Task;

/** A made-up task of {@link #ROWS} texts, as a TSV and as a JSONL file. */
public final class TaskFiles implements AutoCloseable {
  /** Training examples; dev has one. */
  public static final int ROWS = 2000;

  private static final int WORDS = 12;
  private final Path folder;

  private TaskFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the files into a folder that {@link #close} removes. */
  public static TaskFiles write() {
    try {
      Path folder = Files.createTempDirectory("bench");
      List<String> texts = texts(ROWS);
      List<String> tsv = new ArrayList<>(List.of("text\tlabel"));
      List<String> json = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        tsv.add(texts.get(i) + "\t" + i % 2);
        json.add("{\"text\": \"%s\", \"label\": \"%d\"}".formatted(texts.get(i), i % 2));
      }
      Files.write(folder.resolve("train.tsv"), tsv);
      Files.write(folder.resolve("dev.tsv"), tsv.subList(0, 2));
      Files.write(folder.resolve("train.jsonl"), json);
      Files.write(folder.resolve("dev.jsonl"), json.subList(0, 1));
      return new TaskFiles(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Made-up sentences of words that tokenizers of English know. */
  public static List<String> texts(int count) {
    List<String> words =
        List.of("the", "quiet", "harbour", "film", "remarkably", "was", "not", "unforgettable");
    Random random = new Random(1);
    return Stream.generate(
            () ->
                random
                    .ints(WORDS, 0, words.size())
                    .mapToObj(words::get)
                    .collect(Collectors.joining(" ")))
        .limit(count)
        .toList();
  }

  /**
   * The task that reads the files of one kind.
   *
   * @param kind {@code tsv} or {@code jsonl}
   */
  public Task<?> task(String kind) {
    Path file = folder.resolve(kind + ".yaml");
    String header = kind.equals("tsv") ? "header: true, " : "";
    try {
      Files.writeString(
          file,
          """
          task:
            type: %1$s
            name: made-up
            directory: .
            train: {file: train.%1$s, %2$stext: text, label: label}
            dev: {file: dev.%1$s, %2$stext: text, label: label}
            labels: [{value: "0", word: no}, {value: "1", word: yes}]
            metrics: [accuracy]
            main_metric: accuracy
          method: {type: head-only}
          """
              .formatted(kind, header));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExperimentFiles.of(MethodRegistry.installed())
        .load(file, List.of(), Optional.empty())
        .task()
        .create();
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
