package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;
import static org.trimtab.experiments.trial.AdapterExperiments.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.experiments.Cli;
import org.trimtab.golden.Golden;
import org.trimtab.testing.TinyFolder;

/** Runs over other families than BERT, exported to Hugging Face PEFT's form and read back. */
class PeftFamilyCommandsTest {
  private static final String FORM =
      """
      extends: %s
      backbone: {type: huggingface, directory: tiny, pooler: none}
      data: {maximum_length: 16, few_shot: {examples: 32}}
      train: {epochs: 1, batch: 16}
      %s
      """;
  private static final Path TASK =
      Path.of(System.getProperty("trimtab.root", ".."), "configs/tasks/sentiment.yaml")
          .toAbsolutePath()
          .normalize();
  private static final String PREFIX = "method: {type: prefix, length: 3, shift_positions: true}";

  @TempDir Path folder = Path.of("");

  /** Weights of a golden model, with a tokenizer of fewer words. */
  private void backbone(String family) throws IOException {
    Path golden =
        Stream.concat(Golden.families("backbones").stream(), Golden.cases("backbones").stream())
            .filter(path -> path.endsWith(family))
            .findFirst()
            .orElseThrow();
    Path tiny = Files.createDirectories(folder.resolve("tiny"));
    for (String name : new String[] {"config.json", "model.safetensors"}) {
      Files.copy(golden.resolve(name), tiny.resolve(name));
    }
    Files.writeString(tiny.resolve("tokenizer.json"), TinyFolder.TOKENIZER);
  }

  private Path file(String name, String more) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(file, FORM.formatted(TASK, more));
    return file;
  }

  private Path exported(String more) throws IOException {
    AdapterExperiments experiments = new AdapterExperiments(folder, "peft");
    Path runs = folder.resolve("runs");
    Cli.Ran ran = trimtab("run", file("first", more).toString(), "--runs", runs.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    Path run = experiments.trials("first").get(0);
    experiments.exported(run, "exported");
    return run;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "distilbert | method: {type: lora, rank: 2} | head: {type: dense, activation: relu}",
        "xlm-roberta | method: {type: lora, rank: 2} | head: {type: dense}",
        "electra | method: {type: lora, rank: 2} | head: {type: dense, activation: gelu}",
        "llama | method: {type: lora, rank: 2} | head: {pooling: last, bias: false}",
        "gpt2 | method: {type: lora, targets: [c_attn]} | head: {pooling: last, bias: false}",
        "mistral | method: {type: ia3} | head: {pooling: last, bias: false}"
      })
  void whatIsExportedPredictsTheSame(String family, String method, String head) throws IOException {
    backbone(family);
    Path run = exported(method + "\n" + head);
    Path file = file("again", "adapter: exported");
    new AdapterExperiments(folder, "peft").requireSame(file, run);
  }

  /** A prefix's file doesn't say of which model it is, and ELECTRA's head looks like RoBERTa's. */
  @Test
  void anActivationThatTheFilesDoNotTellIsAskedFor() throws IOException {
    backbone("electra");
    String head = "head: {type: dense, activation: gelu}";
    Path run = exported(PREFIX + "\n" + head);
    refused(
        trimtab("predict", file("again", "adapter: exported").toString(), "a fine film"),
        "head.activation: the head of this model has another one; allowed gelu");
    Path told = file("told", "adapter: exported\nhead: {activation: gelu}");
    new AdapterExperiments(folder, "peft").requireSame(told, run);
  }

  @Test
  void aHeadOfOtherActivationIsNotExported() throws IOException {
    backbone("electra");
    Path runs = folder.resolve("runs");
    String head = "method: {type: lora, rank: 2}\nhead: {type: dense}";
    trimtab("run", file("first", head).toString(), "--runs", runs.toString());
    AdapterExperiments experiments = new AdapterExperiments(folder, "peft");
    refused(
        experiments.export(experiments.trials("first").get(0), folder.resolve("out")),
        "head: not that of AutoModelForSequenceClassification for a electra",
        "allowed head: {type: dense, pooling: cls, activation: gelu}");
  }
}
