package org.trimtab.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.json.Json;

/** The command line, run as a user runs it, on the bundled data. */
class CommandLineTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final String QUICKSTART = ROOT.resolve("configs/quickstart.yaml").toString();
  @TempDir Path runs = Path.of("");

  /** What a command printed, and its exit code. */
  private record Ran(int code, String out, String err) {}

  private static Ran trimtab(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(arguments, new PrintWriter(out), new PrintWriter(err));
    return new Ran(code, out.toString(), err.toString());
  }

  private Ran quick(String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "run",
                    QUICKSTART,
                    "--runs",
                    runs.toString(),
                    "--set",
                    "train.epochs=1",
                    "--set",
                    "data.few_shot.examples=32"),
                Stream.of(more))
            .toList();
    return trimtab(arguments.toArray(String[]::new));
  }

  private Path folder() throws IOException {
    try (Stream<Path> trials = Files.list(runs.resolve("quickstart"))) {
      return trials.findFirst().orElseThrow();
    }
  }

  @Test
  void aRunLeavesAWholeFolderWhichIsEvaluatedAndPredictsWithTheSameScores() throws IOException {
    Ran ran = quick();
    assertThat(ran.err()).contains("step 1/2");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("dev accuracy", "majority baseline 0.5000", "313,362 of 22,878,738 parameters");
    Path folder = folder();
    JsonNode result = Json.read(folder.resolve("result.json"));
    // two steps teach it nothing: it says the same of everything
    assertThat(result.path("status").asText()).isEqualTo("collapsed");
    assertThat(result.path("main_metric").asText()).isEqualTo("accuracy");
    assertThat(result.path("trainable_parameters").asLong()).isEqualTo(313_362);
    assertThat(result.path("data").path("train").path("rows").asInt()).isEqualTo(32);
    assertThat(folder.toFile().list())
        .contains(
            "config.yaml", "provenance.json", "metrics.jsonl", "predictions.jsonl", "adapter");

    Ran evaluated = trimtab("evaluate", folder.toString());
    assertThat(evaluated.code()).isZero();
    String accuracy =
        String.format(
            java.util.Locale.ROOT, "%.4f", result.path("metrics").path("accuracy").asDouble());
    assertThat(evaluated.out()).contains(accuracy);

    List<String> lines = Files.readAllLines(folder.resolve("predictions.jsonl"));
    JsonNode first = Json.parse(lines.get(0), "predictions");
    Ran predicted =
        trimtab("predict", folder.toString(), first.path("text").asText(), "", "x ".repeat(50_000));
    assertThat(predicted.err()).startsWith("1 of 3 texts were too long and cut");
    assertThat(predicted.code()).isZero();
    assertThat(predicted.out().lines()).hasSize(3);
    assertThat(predicted.out()).startsWith(first.path("predicted").asText() + "\t");
    Ran split = trimtab("predict", folder.toString(), "--split", "dev");
    assertThat(split.out().lines()).hasSameSizeAs(lines);
    assertThat(split.out()).startsWith(first.path("predicted").asText() + "\t");
    expect(
        "no such part; found tets; allowed train, dev",
        trimtab("predict", folder.toString(), "--split", "tets"));
  }

  @Test
  void theSameRunGivesTheSameBytesAndAFinishedOneIsNotRunAgain() throws IOException {
    quick();
    Path adapter = folder().resolve("adapter").resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(adapter);
    Ran again = quick();
    assertThat(again.out()).startsWith("finished before");
    assertThat(again.err()).isEmpty();
    Ran forced =
        trimtab(
            "run",
            "--force",
            "--runs",
            runs.resolve("other").toString(),
            folder().resolve("config.yaml").toString());
    assertThat(forced.code()).isZero();
    Path other = runs.resolve("other").resolve("config").resolve(folder().getFileName());
    assertThat(Files.readAllBytes(other.resolve("adapter").resolve("adapter_model.safetensors")))
        .isEqualTo(bytes);
  }

  @Test
  void whatTheUserCanMendIsOneLineAndExitCodeTwo() throws IOException {
    expect("train.epoch: unknown key", quick("--set", "train.epoch=2"));
    expect(
        "data.maximum_length: found 600; allowed up to", quick("--set", "data.maximum_length=600"));
    expect(
        ":1: data.maximum_length: found 128, of which the prompt takes 500",
        quick("--set", "method.length=500"));
    expect(
        "data.few_shot.examples: found 1000; allowed up to",
        quick("--set", "data.few_shot.examples=1000"));
    expect("train.groups.mpl: no such parameter group", quick("--set", "train.groups.mpl.lr=1"));
    expect("the model has no pooler", quick("--set", "backbone.pooler=frozen"));
    expect("reads the backbone's pooler", quick("--set", "head.pooling=pooler"));
    expect(
        "there is no such folder", quick("--set", "backbone={type: huggingface, directory: none}"));
    expect("there is no such file", trimtab("run", "none.yaml"));
    expect("no finished run", trimtab("predict", "none", "text"));
    Path broken = Files.writeString(runs.resolve("x.onnx"), "no onnx");
    Path vocabulary = Files.writeString(runs.resolve("x.json"), "{}");
    String backbone =
        "backbone={type: onnx-file, file: " + broken + ", tokenizer: " + vocabulary + "}";
    expect("truncated or no ONNX file", quick("--set", backbone));
    expect("no GGUF file", quick("--set", backbone.replace("onnx-file", "gguf")));
    assertThat(runs.resolve("quickstart")).doesNotExist();
  }

  private static void expect(String words, Ran ran) {
    assertThat(ran.err()).contains(words).doesNotContain("\tat ");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void aTaskWithoutItsDataSaysHowToNameThem() {
    Ran ran = trimtab("run", "cola", "prompt", "--data", "");
    assertThat(ran.err()).contains("--data DIR", "TRIMTAB_DATA").doesNotContain("\tat ");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void aDryRunSaysWhatWouldHappenAndWritesNothing() {
    Ran ran = quick("--dry-run");
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("prompt_embeddings", "mlp.down.weight", "[400, 384]", "steps", "estimated time");
    assertThat(runs.resolve("quickstart")).doesNotExist();
  }

  @Test
  void theListsNameWhatThereIs() {
    assertThat(trimtab("methods").out()).contains("head-only", "prompt", "residual-prompt");
    assertThat(trimtab("backbones").out())
        .contains("minilm-l6")
        .containsOnlyOnce("type: huggingface")
        .containsOnlyOnce("type: gguf")
        .containsOnlyOnce("onnx-file");
    assertThat(trimtab("generate-completion").out()).contains("complete");
    assertThat(trimtab("run", QUICKSTART, "--print-config").out())
        .contains("type: residual-prompt", "bottleneck: 400", "beta2: 0.999");
    Ran unknown = trimtab("rum");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("rum");
  }
}
