package org.trimtab.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.TinyFolder;
import org.trimtab.transformer.file.BackboneWriter;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** Models that settings describe and a seed draws. */
class NewBackboneTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "hidden_size", "16",
          "num_attention_heads", "4",
          "num_hidden_layers", "2",
          "intermediate_size", "32",
          "vocab_size", "50",
          "max_position_embeddings", "24",
          "layer_norm_eps", "1e-12",
          "hidden_act", "gelu");

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void tokenizer() throws IOException {
    Files.writeString(folder.resolve("words.json"), TinyFolder.TOKENIZER);
  }

  private NewBackboneConfig config(String family, Map<String, String> settings, long seed) {
    return new NewBackboneConfig(
        family,
        settings,
        folder.resolve("words.json"),
        seed,
        Tuning.FULL,
        PoolerMode.TRAINED,
        DropoutRates.NONE,
        KernelChoice.AUTO,
        BackbonePrecision.FP32,
        "cpu");
  }

  private NewBackboneConfig bert(long seed) {
    return config("bert", SETTINGS, seed);
  }

  private static Map<String, HostTensor> values(BackboneConfig config) {
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        BackboneFiles files = config.open();
        Backbone backbone = files.load(config.options(), tensors)) {
      assertThat(backbone.params().count(tensors)).isEqualTo(backbone.parameterCount());
      return BackboneWriter.values(backbone);
    }
  }

  private static void requireSame(Map<String, HostTensor> one, Map<String, HostTensor> other) {
    assertThat(one.keySet()).containsExactlyElementsOf(other.keySet());
    one.forEach(
        (name, tensor) ->
            assertThat(tensor.floats()).as(name).isEqualTo(Golden.get(other, name).floats()));
  }

  @Test
  void aSeedGivesAModel() {
    Map<String, HostTensor> first = values(bert(1));
    requireSame(values(bert(1)), first);
    String name = "encoder.layer.0.output.dense.weight";
    assertThat(Golden.get(values(bert(2)), name).floats())
        .isNotEqualTo(Golden.get(first, name).floats());
    try (BackboneFiles one = bert(1).open();
        BackboneFiles same = bert(1).open();
        BackboneFiles other = bert(2).open()) {
      assertThat(one.sha256()).isEqualTo(same.sha256()).isNotEqualTo(other.sha256());
    }
  }

  @Test
  void itIsSavedAsADirectoryThatGivesTheSameBits() throws IOException {
    Map<String, HostTensor> made = values(bert(1));
    Path saved = Files.createDirectory(folder.resolve("saved"));
    bert(1).writer().write(saved, made, folder.resolve("words.json"));
    HfBackboneConfig read =
        new HfBackboneConfig(
            saved,
            Tuning.FULL,
            PoolerMode.TRAINED,
            DropoutRates.NONE,
            KernelChoice.AUTO,
            BackbonePrecision.FP32,
            "cpu");
    requireSame(values(read), made);
    assertThat(Files.readString(saved.resolve("tokenizer.json"))).isEqualTo(TinyFolder.TOKENIZER);
    assertThat(Golden.tensors(saved.resolve("model.safetensors")))
        .containsKeys("bert.encoder.layer.1.output.dense.weight", "cls.predictions.bias");
  }

  @Test
  void aFamilyThatIsNoneIsRefused() {
    assertThatThrownBy(() -> config("brt", SETTINGS, 1))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("found 'brt'; allowed bert, roberta,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hidden_size | 15 | num_attention_heads: must divide hidden_size; found 4 and 15",
        "hidden_size | wide | hidden_size: found \"wide\"; allowed a whole number from 0 on",
        "hidden_act | sine | hidden_act: unknown activation 'sine'; allowed: gelu, gelu_new,",
        "hiden_size | 16 | the model is computed without what these keys say: hiden_size: 16",
        "is_decoder | true | is_decoder: found true; allowed false"
      })
  void settingsThatMakeNoModelAreRefused(String key, String value, String message) {
    Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
    settings.put(key, value);
    assertThatThrownBy(() -> config("bert", settings, 1).open())
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("a new bert: " + message);
  }
}
