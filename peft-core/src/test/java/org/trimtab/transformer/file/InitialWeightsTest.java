package org.trimtab.transformer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.base.Invalid;
import org.trimtab.family.FamilyKinds;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.HostTensor;

/** What new models begin with. */
class InitialWeightsTest {
  private static final Map<String, Object> BERT =
      Map.of(
          "model_type", "bert",
          "hidden_size", 64,
          "num_attention_heads", 4,
          "num_hidden_layers", 3,
          "intermediate_size", 128,
          "vocab_size", 500,
          "max_position_embeddings", 32,
          "layer_norm_eps", 1e-12,
          "hidden_act", "gelu");

  private static final Map<String, Object> GPT2 =
      Map.of(
          "model_type",
          "gpt2",
          "n_embd",
          64,
          "n_head",
          4,
          "n_layer",
          8,
          "vocab_size",
          500,
          "n_positions",
          32);

  private static final Map<String, Object> GEMMA =
      Map.of(
          "model_type", "gemma3_text",
          "hidden_size", 32,
          "num_attention_heads", 4,
          "num_key_value_heads", 2,
          "head_dim", 8,
          "num_hidden_layers", 2,
          "intermediate_size", 64,
          "vocab_size", 100,
          "max_position_embeddings", 32);

  @TempDir Path folder = Path.of("");

  private static Architecture architecture(Map<String, ?> keys) {
    return FamilyKinds.ALL.read(ConfigKeys.of(keys, "test")).architecture();
  }

  private static Map<String, HostTensor> values(Map<String, ?> keys, long seed) {
    return InitialWeights.of(architecture(keys), seed);
  }

  private static Map<String, Object> with(Map<String, Object> keys, String key, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(keys);
    changed.put(key, value);
    return changed;
  }

  private static double[] of(Map<String, HostTensor> all, String name) {
    return Golden.get(all, name).doubles();
  }

  private static double deviation(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  private static double largest(double... values) {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  /** A normal distribution that is cut at two deviations has 0.8796 of its deviation. */
  @Test
  void bertsMatricesAreTruncated() {
    Map<String, HostTensor> all = values(BERT, 1);
    double[] words = of(all, "embeddings.word_embeddings.weight");
    assertThat(largest(words)).isBetween(0.039, 0.04);
    assertThat(deviation(words)).isBetween(0.0174, 0.0178);
    assertThat(Arrays.stream(words).average().orElseThrow()).isBetween(-5e-4, 5e-4);
    double[] query = of(all, "encoder.layer.1.attention.self.query.weight");
    assertThat(deviation(query)).isBetween(0.0170, 0.0182);
    assertThat(of(all, "encoder.layer.1.attention.self.query.bias")).containsOnly(0);
    assertThat(of(all, "encoder.layer.1.output.LayerNorm.weight")).containsOnly(1);
    assertThat(of(all, "encoder.layer.1.output.LayerNorm.bias")).containsOnly(0);
    assertThat(of(all, "cls.predictions.bias")).containsOnly(0);
    assertThat(all).containsKeys("pooler.dense.weight", "cls.predictions.transform.dense.weight");
  }

  @Test
  void aSettingChangesTheDeviation() {
    Map<String, HostTensor> all = values(with(BERT, "initializer_range", 0.1), 1);
    assertThat(deviation(of(all, "embeddings.word_embeddings.weight"))).isBetween(0.087, 0.089);
  }

  @Test
  void gpt2sBranchesEndSmaller() {
    Map<String, HostTensor> all = values(GPT2, 1);
    assertThat(deviation(of(all, "h.3.mlp.c_fc.weight"))).isBetween(0.0195, 0.0205);
    assertThat(largest(of(all, "wte.weight"))).isGreaterThan(0.06);
    assertThat(deviation(of(all, "h.3.mlp.c_proj.weight"))).isBetween(0.00485, 0.00515);
    assertThat(deviation(of(all, "h.3.attn.c_proj.weight"))).isBetween(0.0048, 0.0052);
    assertThat(of(all, "ln_f.weight")).containsOnly(1);
  }

  @Test
  void gemmasGainsAreStoredLessOne() {
    Map<String, HostTensor> all = values(GEMMA, 1);
    assertThat(of(all, "norm.weight")).containsOnly(0);
    assertThat(of(all, "layers.1.input_layernorm.weight")).containsOnly(0);
  }

  @Test
  void aSeedGivesTheSameValuesAndAnotherOneOthers() {
    String name = "encoder.layer.1.intermediate.dense.weight";
    double[] first = of(values(BERT, 1), name);
    assertThat(of(values(BERT, 1), name)).isEqualTo(first);
    assertThat(of(values(BERT, 2), name)).isNotEqualTo(first);
    assertThat(of(values(with(BERT, "num_hidden_layers", 5), 1), name)).isEqualTo(first);
    assertThat(of(values(BERT, 1), "encoder.layer.0.intermediate.dense.weight"))
        .isNotEqualTo(first);
  }

  /** On whatever machine, in whatever year. */
  @Test
  void theValuesAreTheseForever() {
    double[] words = of(values(GPT2, 42), "wte.weight");
    assertThat(Arrays.copyOf(words, 3))
        .containsExactly(0.008535776287317276, 0.012382392771542072, -0.029584761708974838);
  }

  @Test
  void aTensorBeyondAllSizesIsRefused() {
    Map<String, Object> huge = with(BERT, "vocab_size", 100_000_000);
    assertThatThrownBy(() -> values(huge, 1))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("beyond all sizes; found the shape [100000000, 64]; allowed");
  }

  /** Every family's own settings make a model that is written and read again. */
  @TestFactory
  Stream<DynamicTest> everyFamilyBegins() {
    return Golden.families("backbones").stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.getFileName().toString(),
                    () -> {
                      ConfigKeys config = ConfigKeys.read(model.resolve("config.json"));
                      Architecture architecture = FamilyKinds.ALL.read(config).architecture();
                      Map<String, HostTensor> made = InitialWeights.of(architecture, 7);
                      new BackboneWriter(architecture, config).write(folder, made);
                      Map<String, HostTensor> written =
                          Golden.tensors(folder.resolve("model.safetensors"));
                      Map<String, HostTensor> reference =
                          Golden.tensors(model.resolve("model.safetensors"));
                      written.forEach(
                          (name, tensor) ->
                              Optional.ofNullable(reference.get(name))
                                  .ifPresent(
                                      same ->
                                          assertThat(tensor.shape())
                                              .as(name)
                                              .isEqualTo(same.shape())));
                    }));
  }
}
