package org.trimtab.experiments.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.experiments.TinyExperiment;

/** A sweep over a tiny random BERT: two methods on the sentiment set that comes along. */
public final class TinySweep {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "..")).toAbsolutePath().normalize();
  private final Path folder;
  private final Path file;

  /** Writes backbone, task, methods and the sweep below {@code folder}. */
  public TinySweep(Path folder, String more) {
    this.folder = folder;
    new TinyExperiment(folder);
    write(
        "sentiment.yaml",
        """
        extends: %s
        backbone: {type: huggingface, directory: %s}
        data: {maximum_length: 40, few_shot: {examples: 64}}
        train: {epochs: 4, batch: 16}
        checkpoint: {steps: 1}
        """
            .formatted(ROOT.resolve("configs/tasks/sentiment.yaml"), folder.resolve("tiny")));
    write("head-only.yaml", "method: {type: head-only}\n");
    write("prompt.yaml", "method: {type: prompt, length: 4}\ntrain: {lr: 1e-2}\n");
    file = write("sweep.yaml", sweep(more));
  }

  private static String sweep(String more) {
    return """
        methods: [head-only.yaml, prompt.yaml]
        tasks: [sentiment.yaml]
        """
        + more;
  }

  public Path file() {
    return file;
  }

  /** Changes the sweep under its name. */
  void change(String more) {
    write("sweep.yaml", sweep(more));
  }

  /** Writes a file beside the sweep's. */
  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arguments of a command on the sweep. */
  public List<String> command(String name, Path runs, String... more) {
    return Stream.concat(
            Stream.of("sweep", name, file.toString(), "--runs", runs.toString()), Stream.of(more))
        .toList();
  }

  /** The folders of the trials below {@code runs}, by name. */
  static List<Path> trials(Path runs) {
    try (Stream<Path> trials = Files.list(runs.resolve("sweep").resolve("trials"))) {
      return trials.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
