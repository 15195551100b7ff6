package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;
import static org.trimtab.experiments.trial.AdapterExperiments.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters of the adapters library on the command line: exported, begun with, predicted with. */
class AdapterHubCommandsTest {
  private static final String UNIPELT =
      """
      method:
        type: unipelt
        reduction: unmasked-mean
        parts:
          p: {type: prefix, length: 2, mid: 4}
          a: {type: adapter, reduction_factor: 8}
          l: {type: lora, rank: 2, alpha: 2}
      head: {type: dense, pooling: cls}
      """;
  private static final String ADAPTER =
      "method: {type: adapter, reduction_factor: 8}\nhead: {pooling: pooler}";

  @TempDir Path folder = Path.of("");

  private AdapterExperiments experiments = new AdapterExperiments(Path.of(""), "");

  @BeforeEach
  void backbone() {
    experiments = AdapterExperiments.in(folder, "adapters");
  }

  @Test
  void whatIsExportedPredictsTheSame() throws IOException {
    Path run = experiments.run("gated", UNIPELT);
    Path adapter = experiments.exported(run, "exported");
    for (String file : new String[] {"adapter.safetensors", "head_config.json", "trimtab.json"}) {
      assertThat(adapter.resolve(file)).exists();
    }
    experiments.requireSame(experiments.file("again", "adapter: exported"), run);
    Files.delete(adapter.resolve("trimtab.json"));
    refused(
        trimtab("predict", adapter.toString(), "a"),
        "exported: an adapter of another library; allowed in an experiment's file, adapter: DIR");
  }

  @Test
  void aRunBeginsWithTheAdapter() throws IOException {
    Path first = experiments.run("first", ADAPTER);
    experiments.exported(first, "exported");
    // So small a step moves nothing that four digits show.
    Path second = experiments.run("second", "adapter: exported", "--set", "train.lr=1e-12");
    String text = "a fine film";
    assertThat(trimtab("predict", second.toString(), text).out())
        .isEqualTo(trimtab("predict", first.toString(), text).out());
    assertThat(experiments.exported(second, "third")).exists();
  }

  @Test
  void anAdapterWithoutAHeadIsTrainedAlone() throws IOException {
    Path adapter = experiments.exported(experiments.run("first", ADAPTER), "exported");
    Files.delete(adapter.resolve("head_config.json"));
    Files.delete(adapter.resolve("model_head.safetensors"));
    Path file = experiments.file("again", "adapter: exported\nhead: {pooling: cls}");
    refused(
        trimtab("evaluate", file.toString()),
        "exported: has no head, and so predicts nothing; trimtab run trains one");
    experiments.run("second", "adapter: exported\nhead: {pooling: cls}");
  }

  @Test
  void keysThatAreNotReadAreNamed() throws IOException {
    Path adapter = experiments.exported(experiments.run("first", ADAPTER), "exported");
    Path config = adapter.resolve("adapter_config.json");
    String json = Files.readString(config);
    Files.writeString(config, json.replaceFirst("\\{", "{\"new_key\": 1,"));
    Path file = experiments.file("again", "adapter: exported");
    assertThat(trimtab("predict", file.toString(), "a").err())
        .contains("warning: keys that are not read: ", "adapter_config.json: new_key");
  }

  @Test
  void theMethodAndTheHeadAreTheAdapters() throws IOException {
    experiments.exported(experiments.run("first", ADAPTER), "exported");
    Path method = experiments.file("method", "adapter: exported\nmethod: {scale: 2}");
    refused(trimtab("run", method.toString()), "method.scale: ", "found 2.0; allowed 1.0");
    Path head = experiments.file("head", "adapter: exported\nhead: {pooling: cls}");
    refused(trimtab("run", head.toString()), "head.pooling: ", "found cls; allowed pooler");
  }

  @Test
  void whatTheLibraryCanNotHoldIsRefused() throws IOException {
    Map<String, String> refusals = new LinkedHashMap<>();
    refusals.put(
        UNIPELT.replace("unmasked-mean", "masked-mean"),
        "method.reduction: the adapters library averages gates over padding too; allowed"
            + " unmasked-mean");
    refusals.put(
        UNIPELT.replace("alpha: 2", "alpha: 4"),
        "method.parts.l.alpha: the adapters library's gate stands in the place of alpha / rank");
    refusals.put(
        ADAPTER.replace("pooler", "mean"),
        "head: the adapters library's heads read row 0; allowed pooling: cls or pooler");
    refusals.put(
        "method: {type: prompt, length: 2}\nhead: {pooling: cls}",
        "method.after_norm: the adapters library's prompts join after the embedding's norm");
    refusals.put(
        "method: {type: lora, rank: 2, targets: [attention-out]}\nhead: {pooling: cls}",
        "method.targets: the adapters library has no key for attention-out; allowed query, key,");
    refusals.put(
        "method: {type: bitfit}\nhead: {pooling: cls}",
        "method.type: the adapters library has no form of it; found bitfit; allowed ");
    refusals.put(
        "method: {type: sum, parts: {a: {type: lora}, b: {type: ia3, scaled: [key]}}}\nhead: {pooling: cls}",
        "method.parts.b: the adapters library takes one part of a kind");
    Path out = folder.resolve("out");
    int number = 0;
    for (Map.Entry<String, String> refusal : refusals.entrySet()) {
      Path run = experiments.run("run-" + ++number, refusal.getKey());
      refused(
          experiments.export(run, out),
          "the adapters library can't hold it: " + refusal.getValue());
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void whatIsNoAdapterIsRefused() throws IOException {
    Path adapter = Files.createDirectory(folder.resolve("empty"));
    Path file = experiments.file("empty", "adapter: empty");
    refused(trimtab("evaluate", file.toString()), "no adapter of Hugging Face PEFT or of the");
    Files.writeString(adapter.resolve("adapter_config.json"), "{\"config\": {}}");
    refused(trimtab("evaluate", file.toString()), "has no adapter.safetensors");
  }
}
