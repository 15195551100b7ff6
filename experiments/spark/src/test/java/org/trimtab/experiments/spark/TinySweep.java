package org.trimtab.experiments.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trimtab.experiments.TinyExperiment;

/** A sweep of four trials of some seconds each, over a tiny random BERT. */
final class TinySweep {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "../..")).toAbsolutePath().normalize();

  private TinySweep() {}

  /** Writes it, and all that it reads, below {@code folder}. */
  static Path write(Path folder) throws IOException {
    new TinyExperiment(folder);
    Files.writeString(
        folder.resolve("task.yaml"),
        """
        extends: %s
        backbone: {type: huggingface, directory: %s}
        data: {maximum_length: 40, few_shot: {examples: 96}}
        train: {epochs: 40, batch: 16, lr: 1e-2}
        checkpoint: {steps: 10}
        """
            .formatted(ROOT.resolve("configs/tasks/sentiment.yaml"), folder.resolve("tiny")));
    Files.writeString(folder.resolve("prompt.yaml"), "method: {type: prompt, length: 4}\n");
    Files.writeString(folder.resolve("bitfit.yaml"), "method: {type: bitfit}\n");
    return Files.writeString(
        folder.resolve("sweep.yaml"),
        """
        methods: [prompt.yaml, bitfit.yaml]
        tasks: [task.yaml]
        seeds: [1, 2]
        workers: {count: 2, threads: 1, memory: 700, retries: 2}
        """);
  }
}
