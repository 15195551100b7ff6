package org.trimtab.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.json.Json;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.testing.TinyFolder;
import org.trimtab.testing.TinyWeights;
import org.trimtab.train.CheckpointFile;
import org.trimtab.weights.SafetensorsWriter;

/** The quickstart over a tiny random BERT, whose steps take milliseconds. */
public final class TinyExperiment {
  private static final Path ROOT =
      Path.of(System.getProperty("trimtab.root", "..")).toAbsolutePath().normalize();
  private final Path file;

  /** Writes backbone and experiment below {@code folder}. */
  public TinyExperiment(Path folder) {
    Path backbone = folder.resolve("tiny");
    file = folder.resolve("tiny.yaml");
    try {
      Files.createDirectories(backbone);
      writeBackbone(backbone);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    change(
        """
        extends: %s/quickstart.yaml
        backbone: {type: huggingface, directory: tiny}
        data: {maximum_length: 40, few_shot: {examples: 96}}
        method: {length: 4, bottleneck: 8}
        train: {epochs: 20, batch: 16}
        """);
  }

  public Path file() {
    return file;
  }

  /** Changes the experiment under its name; {@code %s} is the folder of the shipped ones. */
  public void change(String text) {
    try {
      Files.writeString(file, text.formatted(ROOT.resolve("configs")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arguments of {@code run} with run folders in {@code runs}. */
  public List<String> run(Path runs, String... more) {
    return Stream.concat(
            Stream.of("run", file.toString(), "--runs", runs.toString()), Stream.of(more))
        .toList();
  }

  /** The one trial's folder below {@code runs}. */
  public static Path trial(Path runs) {
    try (Stream<Path> trials = Files.list(runs.resolve("tiny"))) {
      return trials.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The step of the last checkpoint in a trial's folder; 0 where there is none. */
  public static long step(Path trial) {
    try {
      return new CheckpointFile(new RunFolder(trial).checkpoint(), new Params())
          .load()
          .map(saved -> saved.progress().position().step())
          .orElse(0L);
    } catch (UserError e) {
      return 0;
    }
  }

  /** Asserts that the trials in two folders gave the same bytes. */
  public static void assertSame(Path expected, Path found) throws IOException {
    for (String name :
        List.of("metrics.jsonl", "adapter/adapter_model.safetensors", "predictions.jsonl")) {
      assertThat(found.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
    assertThat(Json.read(found.resolve("result.json")).path("metrics"))
        .isEqualTo(Json.read(expected.resolve("result.json")).path("metrics"));
  }

  private static void writeBackbone(Path directory) throws IOException {
    BertConfig shape = new BertConfig("bert", 16, 2, 4, 32, 30_522, 64, 1e-12, "gelu", 0, 2);
    Files.writeString(directory.resolve("config.json"), Json.pretty(TinyFolder.config(shape)));
    TinyWeights weights = TinyWeights.of(shape);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    weights.names().forEach(name -> tensors.put(name, weights.tensor(name)));
    SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors, Map.of());
    try (InputStream tokenizer =
        TinyExperiment.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
      Files.write(directory.resolve("tokenizer.json"), tokenizer.readAllBytes());
    }
  }
}
