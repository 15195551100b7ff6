package org.trimtab.experiments.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.cli.Main;
import org.trimtab.experiments.runs.RunFolder;

/**
 * Runs of every kind of method, trained by the command line in a process of its own, whose class
 * path has the engine that trains; that of these tests hasn't.
 */
final class TrainedRuns {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "../..")).toAbsolutePath().normalize();

  /** Prompts, prefixes, deltas, biases, gates, and what reads a first pass of the frozen model. */
  private static final Map<String, String> METHODS = methods();

  private final Path folder;

  private TrainedRuns(Path folder) {
    this.folder = folder;
  }

  private static Map<String, String> methods() {
    Map<String, String> methods = new LinkedHashMap<>();
    methods.put("head-only", "");
    methods.put("residual-prompt", ", length: 4, bottleneck: 8");
    methods.put("idpg", ", length: 3");
    methods.put("prefix", ", length: 4");
    methods.put("lora", ", dora: true");
    methods.put("bitfit", "");
    methods.put("layer-norm", "");
    methods.put(
        "unipelt",
        ", parts: {prefix: {type: prefix, length: 4}, adapter: {type: adapter, reduction_factor:"
            + " 4}, lora: {type: lora, rank: 2}}");
    return methods;
  }

  /** Trains them below {@code folder}. */
  static TrainedRuns in(Path folder) throws IOException, InterruptedException {
    new TinyExperiment(folder); // writes the backbone
    for (Map.Entry<String, String> method : METHODS.entrySet()) {
      Files.writeString(
          folder.resolve(method.getKey() + ".yaml"),
          "method: {type: %s%s}\n".formatted(method.getKey(), method.getValue()));
    }
    Files.writeString(
        folder.resolve("sentiment.yaml"),
        """
        extends: %s
        backbone: {type: huggingface, directory: %s}
        data: {maximum_length: 40, few_shot: {examples: 64}}
        train: {epochs: 2, batch: 16, lr: 1e-2}
        """
            .formatted(ROOT.resolve("configs/tasks/sentiment.yaml"), folder.resolve("tiny")));
    Files.writeString(
        folder.resolve("sweep.yaml"),
        "methods: [%s.yaml]\ntasks: [sentiment.yaml]\n"
            .formatted(String.join(".yaml, ", METHODS.keySet())));
    TrainedRuns runs = new TrainedRuns(folder);
    String said = runs.trimtab("sweep", "run", folder + "/sweep.yaml", "--runs", folder + "/runs");
    assertThat(runs.all()).as(said).hasSize(METHODS.size());
    return runs;
  }

  /** What the command line of the other class path printed. */
  String trimtab(String... arguments) throws IOException, InterruptedException {
    Path experiments = ROOT.resolve("experiments/target");
    assertThat(experiments.resolve("classpath"))
        .as("made by mvn package, with which the tests of this module run")
        .isRegularFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dtrimtab.home=" + ROOT);
    command.add("-cp");
    command.add(
        experiments.resolve("classes") + ":" + Files.readString(experiments.resolve("classpath")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "log", ".txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(() -> read(log)).isZero();
    return Files.readString(log);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The finished trials. */
  List<RunFolder> all() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      return files
          .filter(file -> file.endsWith("result.json"))
          .map(file -> new RunFolder(file.resolveSibling("")))
          .filter(RunFolder::finished)
          .sorted((a, b) -> a.path().compareTo(b.path()))
          .toList();
    }
  }
}
