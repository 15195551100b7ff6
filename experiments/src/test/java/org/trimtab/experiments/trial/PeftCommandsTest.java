package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;
import static org.trimtab.experiments.trial.AdapterExperiments.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.json.Json;

/** Adapters of Hugging Face PEFT on the command line: exported, begun with, predicted with. */
class PeftCommandsTest {
  private static final String HEAD = "{pooling: pooler-first}";

  @TempDir Path folder = Path.of("");

  private AdapterExperiments experiments = new AdapterExperiments(Path.of(""), "");

  @BeforeEach
  void backbone() {
    experiments = AdapterExperiments.in(folder, "peft");
  }

  private static final String PROMPT =
      "method: {type: prompt, length: 3, place: first}\nhead: " + HEAD;
  private static final String LORA = "method: {type: lora, rank: 2}\nhead: " + HEAD;

  @Test
  void whatIsExportedPredictsTheSame() throws IOException {
    Path run = experiments.run("prompted", PROMPT);
    Path adapter = experiments.exported(run, "exported");
    assertThat(adapter)
        .isDirectoryContaining(p -> p.endsWith("adapter_config.json"))
        .isDirectoryContaining(p -> p.endsWith("trimtab.json"));
    Path file = experiments.file("again", "adapter: exported");
    experiments.requireSame(file, run);
  }

  @Test
  void aRunBeginsWithTheAdapterAndNeedsItNoMoreThen() throws IOException {
    Path first = experiments.run("first", LORA);
    Path adapter = experiments.exported(first, "exported");
    // So small a step moves nothing that four digits show.
    Path second = experiments.run("second", "adapter: exported", "--set", "train.lr=1e-12");
    String text = "a fine film";
    String before = trimtab("predict", first.toString(), text).out();
    assertThat(trimtab("predict", second.toString(), text).out()).isEqualTo(before);
    assertThat(Files.readString(second.resolve("config.yaml"))).contains("adapter: ", "rank: 2");
    assertThat(Files.readString(second.resolve("adapter/experiment.yaml")))
        .doesNotContain("adapter:");
    Files.move(adapter, folder.resolve("elsewhere"));
    assertThat(trimtab("predict", second.toString(), text).out()).isEqualTo(before);
    assertThat(experiments.exported(second, "third")).exists();
  }

  /** The contents of the adapter are part of a trial's identity, and its place isn't. */
  @Test
  void anotherAdapterIsAnotherTrial() throws IOException {
    Path adapter = experiments.exported(experiments.run("first", LORA), "exported");
    experiments.run("second", "adapter: exported");
    Files.move(adapter, folder.resolve("moved"));
    experiments.run("second", "adapter: moved");
    assertThat(experiments.trials("second")).hasSize(1);
    experiments.exported(experiments.run("other", LORA, "--set", "seeds=[2]"), "moved");
    experiments.run("second", "adapter: moved");
    assertThat(experiments.trials("second")).hasSize(2);
  }

  @Test
  void keysThatAreNotReadAreNamed() throws IOException {
    Path adapter = experiments.exported(experiments.run("first", LORA), "exported");
    Path config = adapter.resolve("adapter_config.json");
    String json = Files.readString(config);
    Files.writeString(config, json.replaceFirst("\\{", "{\"new_key\": 1,"));
    Path second = experiments.run("second", "adapter: exported");
    String named = "adapter_config.json: keys that are not read: new_key";
    assertThat(Files.readString(second.resolve("metrics.jsonl"))).contains(named);
    assertThat(Json.read(second.resolve("result.json")).path("warnings").toString())
        .contains(named);
    Path file = experiments.file("again", "adapter: exported");
    assertThat(trimtab("predict", file.toString(), "a").err()).contains("warning: ", named);
  }

  @Test
  void theMethodIsTheAdapters() throws IOException {
    experiments.exported(experiments.run("first", LORA), "exported");
    Path file = experiments.file("other", "adapter: exported\nmethod: {rank: 4}");
    refused(
        trimtab("run", file.toString()),
        "other.yaml:6:",
        "method.rank: the method is that of adapter ",
        "found 4; allowed 2");
    Path another = experiments.file("another", "adapter: exported\nmethod: {type: prompt}");
    refused(trimtab("run", another.toString()), "method.type: ", "found prompt; allowed lora");
    Path missing = experiments.file("missing", "adapter: nowhere");
    refused(trimtab("predict", missing.toString(), "a"), "nowhere: there is no such folder");
    Path ofFile = experiments.file("of-file", "adapter: other.yaml");
    refused(trimtab("predict", ofFile.toString(), "a"), "other.yaml: a file; allowed a folder");
  }

  /** Its values would be read from other rows than they were trained on. */
  @Test
  void theHeadIsTheAdapters() throws IOException {
    experiments.exported(experiments.run("first", LORA), "exported");
    Path file = experiments.file("other", "adapter: exported\nhead: {pooling: mean}");
    refused(
        trimtab("evaluate", file.toString()),
        "other.yaml:6:",
        "head.pooling: the head is that of adapter ",
        "found mean; allowed pooler");
    Path dropout = experiments.file("dropout", "adapter: exported\nhead: {dropout: 0.5}");
    assertThat(trimtab("evaluate", dropout.toString()).code()).isZero();
  }

  @Test
  void anAdapterThatIsNoPathIsTheOnlyFault() throws IOException {
    Path file = experiments.file("listed", "adapter: [a]");
    refused(
        trimtab("evaluate", file.toString()), "adapter: not allowed; found a list; allowed a path");
  }

  @Test
  void keysAreToldAsYamlHasThem() throws IOException {
    Path adapter = experiments.exported(experiments.run("first", LORA), "exported");
    Path config = adapter.resolve("adapter_config.json");
    String json = Files.readString(config);
    Files.writeString(
        config, json.replaceFirst("\"alpha_pattern\" : \\{ *}", "\"alpha_pattern\": {\"x\": 3}"));
    refused(
        trimtab("evaluate", experiments.file("again", "adapter: exported").toString()),
        "method.alpha_pattern: matches no target; found x");
    Path prefix =
        experiments.run("prefix", "method: {type: prefix, length: 2}\nhead: {pooling: pooler}");
    refused(
        trimtab("export", "--format", "peft", prefix.toString(), folder.resolve("x").toString()),
        "method.shift_positions: PEFT's prefixes move the text; allowed true");
  }

  @Test
  void whatIsPeftsAlreadyIsNotExportedToIt() throws IOException {
    experiments.exported(experiments.run("first", LORA), "exported");
    Path file = experiments.file("again", "adapter: exported");
    Path out = folder.resolve("out");
    refused(
        trimtab("export", "--format", "peft", file.toString(), out.toString()),
        "again.yaml: begins with ",
        "which is an adapter of another library already; allowed a finished run");
    assertThat(out).doesNotExist();
  }

  @Test
  void whatHasNothingTrainedPredictsNothing() throws IOException {
    Path run = experiments.run("first", LORA);
    experiments.exported(run, "exported");
    refused(
        trimtab("predict", folder.resolve("first.yaml").toString(), "a"),
        "names no adapter, and so nothing that is trained; allowed adapter: DIR");
    refused(
        trimtab("predict", run.toString(), "a", "--set", "adapter=" + folder.resolve("exported")),
        "adapter: a run has its own; allowed in an experiment's file");
    refused(
        trimtab("evaluate", run.toString(), "--data", "DIR"),
        "--data: the run ",
        "has its own; allowed --set task.directory=DIR");
  }

  @Test
  void whatPeftCanNotHoldIsRefused() throws IOException {
    Path run = experiments.run("first", "method: {type: prompt, length: 3}\nhead: " + HEAD);
    Path out = folder.resolve("out");
    refused(
        trimtab("export", "--format", "peft", run.toString(), out.toString()),
        "PEFT can't hold it: method.place: PEFT's prompts stand before [CLS]; allowed first");
    assertThat(out).doesNotExist();
  }

  @Test
  void anExportOverwritesNoRun() throws IOException {
    Path run = experiments.run("first", LORA);
    refused(
        trimtab("export", "--format", "peft", run.toString(), run.resolve("adapter").toString()),
        "adapter: a run's own adapter; allowed another folder");
    Path file = Files.createFile(folder.resolve("file"));
    refused(
        trimtab("export", "--format", "peft", run.toString(), file.toString()),
        "file: a file; allowed another folder");
    refused(
        trimtab("export", "--format", "pefd", run.toString(), folder.resolve("x").toString()),
        "--format: found pefd; allowed ");
  }

  @Test
  void predictionsAreWrittenWhole() throws IOException {
    Path run = experiments.run("first", LORA);
    Path out = folder.resolve("predictions.jsonl");
    Cli.Ran ran = trimtab("predict", run.toString(), "--split", "dev", "--out", out.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(out).hasSameTextualContentAs(run.resolve("predictions.jsonl"));
  }
}
