package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.family.bert.BertModules;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.HfWeights;
import org.trimtab.weights.SafetensorsWriter;

/** All that a saved model's predictions depend on besides its own values, and what they don't. */
class SavedIdentityTest {
  private static final String POSITIONS = "embeddings.position_embeddings.weight";
  @TempDir Path folder = Path.of("");
  private String run = "";

  @BeforeEach
  void run() {
    TinyExperiment tiny = new TinyExperiment(folder);
    Path runs = folder.resolve("runs");
    assertThat(trimtab(tiny.run(runs, "--set", "train.epochs=1")).code()).isZero();
    run = TinyExperiment.trial(runs).toString();
  }

  private static void refused(Cli.Ran ran, String words) {
    assertThat(ran.err()).contains(words).doesNotContain("\tat ");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isEqualTo(2);
  }

  private void refusedEverywhere(String words) {
    refused(trimtab("predict", run, "a fine film"), words);
    refused(trimtab("predict", run, "--split", "dev"), words);
    refused(trimtab("evaluate", run), words);
  }

  private static void edit(Path file, UnaryOperator<String> change) throws IOException {
    String text = Files.readString(file);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed);
  }

  @Test
  void anotherEpsilonOfTheNormsIsAnotherBackbone() throws IOException {
    edit(
        folder.resolve("tiny/config.json"),
        text -> text.replaceFirst("(\"layer_norm_eps\" : )[^,\n]+", "$11e-5"));
    refusedEverywhere("was trained on " + folder.resolve("tiny") + " (sha256 ");
  }

  @Test
  void otherHeadsAreAnotherBackbone() throws IOException {
    edit(
        folder.resolve("tiny/config.json"),
        text -> text.replaceFirst("(\"num_attention_heads\" : )[^,\n]+", "$12"));
    refusedEverywhere("was trained on " + folder.resolve("tiny") + " (sha256 ");
  }

  @Test
  void anotherPositionTableIsAnotherBackbone() throws IOException {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (HfWeights weights = HfWeights.open(folder.resolve("tiny"), BertModules.NAMES.words())) {
      weights.names().forEach(name -> tensors.put(name, weights.tensor(name)));
    }
    double[] values = Optional.ofNullable(tensors.get(POSITIONS)).orElseThrow().doubles();
    values[0] += 1;
    tensors.put(POSITIONS, HostTensor.of(values, 64, 16));
    SafetensorsWriter.write(folder.resolve("tiny/model.safetensors"), tensors, Map.of());
    refusedEverywhere("was trained on " + folder.resolve("tiny") + " (sha256 ");
  }

  @Test
  void anotherTokenizerIsRefused() throws IOException {
    edit(
        folder.resolve("tiny/tokenizer.json"),
        text -> text.replace("\"lowercase\":true", "\"lowercase\":false") + "\n");
    refusedEverywhere("was trained with another tokenizer (sha256 ");
  }

  @Test
  void aKeyWithoutEffectOnASavedModelIsNamed() {
    for (String set : List.of("checkpoint.seconds=5", "checkpoint={steps: 3}")) {
      Stream.of(
              trimtab("predict", run, "a fine film", "--set", set),
              trimtab("predict", run, "--split", "dev", "--set", set),
              trimtab("evaluate", run, "--set", set),
              trimtab("submit", run, "--out", folder.resolve("x.zip").toString(), "--set", set))
          .forEach(ran -> refused(ran, "--set " + set + ": checkpoint."));
    }
    String metrics = "task.main_metric=accuracy";
    refused(
        trimtab("predict", run, "--split", "dev", "--set", metrics),
        "task.main_metric has no effect on a saved model's predictions; leave it out");
    assertThat(trimtab("evaluate", run, "--set", metrics).err()).isEmpty();
    refused(
        trimtab("predict", run, "a fine film", "--set", "task.directory=elsewhere"),
        "task.directory has no effect on a saved model's predictions of texts; leave it out");
    refused(
        trimtab("evaluate", run, "--set", "train.lr=1"),
        "was trained with other settings; found train.lr: 0.01 -> 1");
    String backbone = "backbone.directory=" + folder.resolve("tiny");
    assertThat(trimtab("predict", run, "a fine film", "--set", backbone).code()).isZero();
  }
}
