package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.json.Json;

/** A model that begins with a training, from settings to predictions. */
class NewBackboneRunTest {
  private static final Path TASK =
      Path.of(System.getProperty("trimtab.root", ".."), "configs/tasks/sentiment.yaml")
          .toAbsolutePath()
          .normalize();

  private static final String BERT =
      "family: bert, settings: {hidden_size: 16, num_attention_heads: 2, num_hidden_layers: 2,"
          + " intermediate_size: 32, vocab_size: 30522, max_position_embeddings: 64,"
          + " layer_norm_eps: 1e-12, hidden_act: gelu}";

  private static final String DEBERTA =
      "family: deberta-v2, settings: {hidden_size: 16, num_attention_heads: 2,"
          + " num_hidden_layers: 2, intermediate_size: 32, vocab_size: 30522,"
          + " max_position_embeddings: 64, relative_attention: true, position_buckets: 8,"
          + " pos_att_type: c2p|p2c, share_att_key: false, norm_rel_ebd: layer_norm,"
          + " position_biased_input: false}";

  @TempDir Path folder = Path.of("");

  private Cli.Ran run(String backbone) throws IOException {
    new TinyExperiment(folder); // its tokenizer
    Path file = folder.resolve("new.yaml");
    Files.writeString(
        file,
        """
        extends: %s
        backbone: {type: new, tokenizer: tiny/tokenizer.json, %s}
        data: {maximum_length: 40, few_shot: {examples: 96}}
        method: {type: head-only}
        train: {epochs: 3, batch: 16, lr: 5e-3}
        """
            .formatted(TASK, backbone));
    return trimtab("run", file.toString(), "--runs", folder.resolve("runs").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {BERT, DEBERTA})
  void itTrainsAndIsReadBack(String backbone) throws IOException {
    Cli.Ran ran = run(backbone);
    assertThat(ran.code()).as(ran.err()).isZero();
    Path trial;
    try (Stream<Path> trials = Files.list(folder.resolve("runs").resolve("new"))) {
      trial = trials.findFirst().orElseThrow();
    }
    assertThat(Json.read(trial.resolve("result.json")).toString()).contains("trainable");
    Cli.Ran evaluated = trimtab("evaluate", trial.toString());
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(trimtab("predict", trial.toString(), "a fine film").code()).isZero();
  }

  @Test
  void settingsThatMakeNoModelAreToldAtTheirPlace() throws IOException {
    Cli.Ran ran = run("family: bert, settings: {hidden_size: 16}");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "new.yaml:2:", "backbone.settings: a new bert: num_hidden_layers: found nothing;");
  }
}
