package org.trimtab.experiments.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.head.TaskHead;
import org.trimtab.tensor.HostTensor;
import org.trimtab.testing.OnnxRun;
import org.trimtab.weights.Safetensors;

/** A finished run's model as an ONNX file, from the command line. */
class OnnxExportTest {
  private static final Path TASK =
      Path.of(System.getProperty("trimtab.root", ".."), "configs/tasks/sentiment.yaml")
          .toAbsolutePath()
          .normalize();

  @TempDir Path folder = Path.of("");

  private Path run(String method) throws IOException {
    new TinyExperiment(folder); // its backbone
    Path file = folder.resolve("saved.yaml");
    Files.writeString(
        file,
        """
        extends: %s
        backbone: {type: huggingface, directory: tiny}
        data: {maximum_length: 40, few_shot: {examples: 96}}
        method: %s
        train: {epochs: 1, batch: 16}
        """
            .formatted(TASK, method));
    Path runs = folder.resolve("runs");
    Cli.Ran ran = trimtab("run", file.toString(), "--runs", runs.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    try (Stream<Path> trials = Files.list(runs.resolve("saved"))) {
      return trials.findFirst().orElseThrow();
    }
  }

  private static Map<String, HostTensor> tokens() {
    Map<String, HostTensor> tokens = new LinkedHashMap<>();
    tokens.put("input_ids", HostTensor.of(new long[] {2, 9, 7, 3, 2, 8, 3, 0}, 2, 4));
    tokens.put("attention_mask", HostTensor.of(new long[] {1, 1, 1, 1, 1, 1, 1, 0}, 2, 4));
    tokens.put("token_type_ids", HostTensor.of(new long[8], 2, 4));
    return tokens;
  }

  private static double[] logits(Path file, Map<String, HostTensor> inputs) {
    try (OnnxRun run = OnnxRun.of(file)) {
      return TaskHead.output(run.run(inputs), "logits").doubles();
    }
  }

  private Cli.Ran export(Path run, String file, String... options) {
    String[] command = {"export", "--format", "onnx", run.toString(), path(file)};
    return trimtab(Stream.concat(Stream.of(command), Stream.of(options)).toArray(String[]::new));
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  /** Two ways to the same numbers: merged by the engine, and computed of inputs by the graph. */
  @Test
  void theAdapterIsInTheWeightsOrAnInput() throws IOException {
    Path run = run("{type: lora, rank: 2, alpha: 2}");
    Path data = Files.writeString(folder.resolve("weights.onnx.data"), "of an earlier export");
    Cli.Ran weights = export(run, "weights.onnx");
    assertThat(weights.out()).contains(data + ": not of this export, which doesn't read it");
    assertThat(data).exists();
    assertThat(weights.code()).as(weights.err()).isZero();
    assertThat(weights.out()).contains("with lora (merged) for the task sentiment");
    Cli.Ran opened = export(run, "inputs.onnx", "--adapter", "inputs");
    assertThat(opened.out()).doesNotContain(".data");
    assertThat(opened.code()).isZero();
    Map<String, HostTensor> inputs = tokens();
    try (Safetensors adapter =
        Safetensors.open(folder.resolve("inputs.onnx.adapter.safetensors"))) {
      adapter.names().forEach(name -> inputs.put(name, adapter.tensor(name).copied()));
      assertThat(inputs).containsKey("encoder.layer.0.attention.self.query.lora_A.weight");
      double[] expected = logits(folder.resolve("weights.onnx"), tokens());
      double[] found = logits(folder.resolve("inputs.onnx"), inputs);
      assertThat(found)
          .hasSize(4)
          .containsExactly(expected, org.assertj.core.api.Assertions.within(1e-5));
    }
    String text = Files.readString(folder.resolve("weights.onnx"), StandardCharsets.ISO_8859_1);
    assertThat(text)
        .contains("backbone.sha256", "[\"negative\",\"positive\"]", "settings.method.rank");
  }

  @Test
  void anExportReplacesWhatIsThereWithTheSameBytes() throws IOException {
    Path run = run("{type: prompt, length: 3}");
    assertThat(export(run, "model.onnx").out()).contains("(folded)");
    byte[] first = Files.readAllBytes(folder.resolve("model.onnx"));
    assertThat(export(run, "model.onnx").code()).isZero();
    assertThat(folder.resolve("model.onnx")).hasBinaryContent(first);
    assertThat(export(run, "model.onnx", "--int8").out()).contains("weights of 8 bits");
    assertThat(logits(folder.resolve("model.onnx"), tokens())).hasSize(4);
  }

  @Test
  void whatCannotBeWrittenIsSaidInOneLine() throws IOException {
    Path run = run("{type: head-only}");
    refused(trimtab("export", "--format", "onx", run.toString(), path("m.onnx")))
        .isEqualTo("--format: found onx; allowed adapters, onnx, peft; did you mean 'onnx'?");
    refused(export(run, "m.onnx", "--adapter", "nowhere"))
        .isEqualTo("--adapter: found nowhere; allowed weights, inputs");
    refused(export(run, "none/m.onnx")).endsWith("m.onnx: its folder is not there");
    Files.createDirectory(folder.resolve("there"));
    refused(export(run, "there")).contains("there");
    refused(export(folder.resolve("nothing"), "m.onnx")).contains("no finished run");
    Path values = run.resolve("adapter").resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(values);
    Files.write(values, java.util.Arrays.copyOf(bytes, bytes.length - 4));
    refused(export(run, "m.onnx")).contains("adapter_model.safetensors");
    assertThat(folder.resolve("m.onnx")).doesNotExist();
  }

  @Test
  void onlyAnOnnxFileIsReplaced() throws IOException {
    Path run = run("{type: head-only}");
    for (String own : List.of("config.yaml", "adapter/adapter_model.safetensors")) {
      byte[] before = Files.readAllBytes(run.resolve(own));
      refused(export(run, run.resolve(own).toString()))
          .isEqualTo(
              run.resolve(own)
                  + ": a file that is no ONNX file, and so isn't replaced; allowed another name");
      assertThat(run.resolve(own)).hasBinaryContent(before);
    }
    refused(trimtab("export", "--format", "onnx", run.toString(), ""))
        .isEqualTo("OUT: found ''; allowed the name of a file or folder");
  }

  private static org.assertj.core.api.AbstractStringAssert<?> refused(Cli.Ran ran) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err().strip()).doesNotContain("\n");
    return assertThat(ran.err().strip());
  }
}
