package org.trimtab.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.UserError;
import org.trimtab.family.bert.BertModules;
import org.trimtab.json.Json;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.TinyFolder;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.weights.HfWeights;

/** Configuration, weights and tokenizer of a directory that contradict each other, or don't. */
class FilesAgainstEachOtherTest {
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String BIAS = "encoder.layer.0.attention.self.query.bias";
  private static final String TYPES = "embeddings.token_type_embeddings.weight";

  @TempDir Path folder = Path.of("");

  private TinyFolder tiny(String family) {
    return new TinyFolder(folder.resolve(family), family);
  }

  private static void load(TinyFolder tiny) {
    try (BackboneFiles files = tiny.open();
        Tensors tensors = DjlTensors.open(Precision.FP32)) {
      files.load(BackboneOptions.FROZEN, tensors).close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bert    | position_embedding_type | "relative_key" | "relative_key"; allowed absolute
          bert    | position_embedding_type | 1              | 1; allowed a text
          roberta | position_embedding_type | "alibi"        | "alibi"; allowed absolute
          bert    | is_decoder              | true           | true; allowed false
          bert    | is_decoder              | "false"        | "false"; allowed false
          bert    | add_cross_attention     | true           | true; allowed false
          bert    | pruned_heads            | {"0": [1, 2]}  | {"0":[1,2]}; allowed none
          bert    | quantization_config     | {"bits": 8}    | {"bits":8}; allowed none
          bert    | auto_map                | {"AutoModel": "m.M"} | {"AutoModel":"m.M"}; allowed none
          bert    | pad_token_id            | -1             | -1; allowed a whole number from 0 on
          bert    | pad_token_id            | "1"            | "1"; allowed a whole number from 0 on
          bert    | pad_token_id            | 1.5            | 1.5; allowed a whole number from 0 on
          bert    | pad_token_id            | 70             | 70; allowed less than 50 (vocab_size)
          roberta | pad_token_id            | 23             | 23; allowed less than 23 (max_position
          roberta | pad_token_id            | null           | null; allowed a whole number from 0 on
          bert    | layer_norm_eps          | -1             | -1; allowed a number from 0 on
          bert    | layer_norm_eps          | "1e-12"        | "1e-12"; allowed a number from 0 on
          bert    | type_vocab_size         | 0              | 0; allowed a whole number above 0
          bert    | type_vocab_size         | "2"            | "2"; allowed a whole number
          bert    | tie_word_embeddings     | "false"        | "false"; allowed true or false
          bert    | hidden_act              | null           | null; allowed a text
          bert    | num_attention_heads     | 7              | must divide hidden_size; found 7 and 16
          """)
  void aKeyOfTheConfigurationThatIsNotComputedIsRefused(
      String family, String key, String value, String expected) {
    TinyFolder tiny = tiny(family);
    tiny.config.put(key, Json.parse(value, "test"));
    assertThatThrownBy(tiny::open)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder.resolve(family) + "/config.json: " + key + ": ")
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bert    | position_embedding_type | "absolute"
          bert    | position_embedding_type | null
          bert    | is_decoder              | false
          bert    | pruned_heads            | {}
          bert    | quantization_config     | null
          bert    | auto_map                | {"AutoModelForTokenClassification": "m.M"}
          bert    | pad_token_id            | null
          bert    | pad_token_id            | 3
          roberta | pad_token_id            | 5
          bert    | layer_norm_eps          | 0.00001
          bert    | use_cache               | true
          """)
  void aKeyThatChangesNothingIsTaken(String family, String key, String value) {
    TinyFolder tiny = tiny(family);
    tiny.config.put(key, Json.parse(value, "test"));
    load(tiny);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          embeddings.token_type_embeddings.weight     | 1,16  | [1, 16], the configuration says [2, 16]
          embeddings.word_embeddings.weight           | 49,16 | [49, 16], the configuration says [50, 16]
          embeddings.LayerNorm.weight                 | 1     | [1], the configuration says [16]
          encoder.layer.0.attention.self.query.bias   | 1     | [1], the configuration says [16]
          encoder.layer.1.attention.self.key.weight   | 8,16  | [8, 16], the configuration says [16, 16]
          encoder.layer.1.output.dense.weight         | 32,16 | [32, 16], the configuration says [16, 32]
          encoder.layer.0.output.LayerNorm.bias       | 16,1  | [16, 1], the configuration says [16]
          """)
  void aTensorOfAnotherShapeIsRefused(String name, String shape, String expected) {
    long[] axes = java.util.Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
    TinyFolder tiny = tiny("bert").zeros(name, DType.F32, axes);
    assertThatThrownBy(() -> load(tiny))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tensor '" + name + "' has the shape " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"I8", "U8", "I64", "BOOL", "F8_E4M3"})
  void weightsAreFloatingPointNumbers(String type) {
    TinyFolder tiny = tiny("bert").zeros(BIAS, DType.valueOf(type), 16);
    assertThatThrownBy(() -> load(tiny))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "tensor '" + BIAS + "' has the type " + type + "; allowed [F16, BF16, F32, F64]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300})
  void weightsAreFinite(double value) {
    TinyFolder tiny = tiny("bert").spoilt(WORDS, value);
    double found = (float) value;
    assertThatThrownBy(() -> load(tiny))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("tensor '" + WORDS + "' holds " + found + "; allowed finite numbers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoder.layer.2.output.dense.bias",
        "encoder.layer.0.attention.self.distance_embedding.weight",
        "encoder.layer.0.crossattention.self.query.bias",
        "encoder.layer.0.attention.self.query.lora_A.weight"
      })
  void partsOfLayersThatTheConfigurationHasNotAreRefused(String name) {
    TinyFolder tiny = tiny("bert").zeros(name, DType.F32, 16);
    assertThatThrownBy(() -> load(tiny))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds a tensor '" + name + "', which a model of its configuration");
  }

  @Test
  void buffersAndHeadsAreNoPartsOfTheModel() {
    TinyFolder tiny = tiny("bert").zeros("embeddings.position_ids", DType.I64, 1, 24);
    load(tiny.zeros("cls.predictions.bias", DType.F32, 50));
  }

  @Test
  void idsBeyondTheTableOfWordsAreRefusedWhereTheyOccur() {
    TinyFolder tiny = tiny("bert");
    tiny.tokenizer = TinyFolder.tokenizer(52, 1);
    try (BackboneFiles files = tiny.open()) {
      assertThat(files.tokenizer().encode("w5 w49", Optional.empty(), 9).ids())
          .containsExactly(2, 5, 49, 3);
      String expected =
          folder.resolve("bert")
              + ": its tokenizer gives the id 51 in the text 'w5 w51'; allowed 0 to 49, the rows"
              + " of the model's word table";
      assertThatThrownBy(() -> files.tokenizer().encode("w5 w51", Optional.empty(), 9))
          .isInstanceOf(UserError.class)
          .hasMessage(expected);
      assertThatThrownBy(() -> files.tokenizer().tokenIds("w5 w51")).hasMessage(expected);
    }
  }

  @Test
  void aTemplatesSpecialIdIsATokenToo() {
    TinyFolder tiny = tiny("bert");
    tiny.tokenizer = tiny.tokenizer.replace("\"ids\": [2]", "\"ids\": [50]");
    try (BackboneFiles files = tiny.open()) {
      assertThatThrownBy(() -> files.tokenizer().encode("w5", Optional.empty(), 9))
          .hasMessageContaining("gives the id 50 in the text 'w5'; allowed 0 to 49");
    }
  }

  @Test
  void segmentsBeyondTheTableAreRefused() {
    TinyFolder tiny = tiny("bert").zeros(TYPES, DType.F32, 1, 16);
    tiny.config.put("type_vocab_size", 1);
    load(tiny);
    try (BackboneFiles files = tiny.open()) {
      assertThat(files.tokenizer().encode("w5", Optional.empty(), 9).types()).containsOnly(0);
      assertThatThrownBy(() -> files.tokenizer().encode("w5", Optional.of("w6"), 9))
          .hasMessageEndingWith(
              "gives the segment 1 in the text 'w5 w6'; allowed 0 to 0, the rows of the model's"
                  + " segment table");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void robertaReadsTheFirstSegmentWhateverTheTokenizerSays(int rows) {
    TinyFolder tiny = tiny("roberta").zeros(TYPES, DType.F32, rows, 16);
    tiny.config.put("type_vocab_size", rows);
    load(tiny);
    try (BackboneFiles files = tiny.open()) {
      assertThat(files.tokenizer().encode("w5", Optional.of("w6"), 9).types())
          .containsExactly(0, 0, 0, 0, 0);
    }
  }

  @Test
  void aTextWithoutATokenIsRefused() {
    TinyFolder tiny = tiny("bert");
    tiny.tokenizer = tiny.tokenizer.replaceAll("(?s)\"post_processor\": .*?]}}},", "");
    try (BackboneFiles files = tiny.open()) {
      assertThat(files.tokenizer().encode("w5", Optional.empty(), 9).ids()).containsExactly(5);
      for (String text : new String[] {"", " \t"}) {
        assertThatThrownBy(() -> files.tokenizer().encode(text, Optional.empty(), 9))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("its tokenizer gives no token for the text '");
      }
    }
    try (BackboneFiles files = tiny("roberta").open()) {
      assertThat(files.tokenizer().encode("", Optional.empty(), 9).ids()).containsExactly(2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bert.",
        "module.",
        "_orig_mod.bert.",
        "module.bert.",
        "model.",
        "0.auto_model.",
        "_orig_mod.module.bert.",
        "_fsdp_wrapped_module.bert."
      })
  void whatStandsBeforeTheNamesIsNoPartOfThem(String prefix) {
    load(tiny("bert").prefixed(prefix).zeros("classifier.weight", DType.F32, 2, 16));
  }

  @Test
  void aWrappedModuleWithinTheModelIsRead() {
    TinyFolder tiny = tiny("bert");
    tiny.tensors.put("bert._orig_mod.x", tiny.tensors.remove(BIAS));
    tiny.tensors.put(
        BIAS.replace("layer.0.", "layer.0._checkpoint_wrapped_module."),
        tiny.tensors.remove("bert._orig_mod.x"));
    load(tiny);
  }

  @ParameterizedTest
  @CsvSource({
    "bert, bert., cls.predictions.decoder.weight",
    "roberta, roberta., lm_head.decoder.weight",
    "roberta, module.roberta., module.lm_head.decoder.weight"
  })
  void aTiedTableOfWordsIsReadWhereItIsWritten(String family, String prefix, String kept) {
    TinyFolder tiny = tiny(family).prefixed(prefix);
    tiny.tensors.put(kept, tiny.tensors.remove(prefix + WORDS));
    load(tiny);
  }

  @ParameterizedTest
  @CsvSource({
    "bert, cls.predictions.decoder.weight",
    "roberta, lm_head.decoder.weight",
    "roberta, lm_head.weight"
  })
  void aTableThatIsNotTiedIsNoTableOfWords(String family, String kept) {
    TinyFolder tiny = tiny(family);
    tiny.tensors.put(kept, tiny.tensors.remove(WORDS));
    tiny.config.put("tie_word_embeddings", true);
    load(tiny);
    tiny.config.put("tie_word_embeddings", false);
    assertThatThrownBy(() -> load(tiny))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the model has no tensor '" + WORDS + "'; found '");
  }

  @Test
  void keysThatMayChangeTheModelAreNamedOnce() {
    TinyFolder tiny = tiny("bert");
    for (String harmless : List.of("use_cache", "torch_dtype", "id2label", "_name_or_path")) {
      tiny.config.put(harmless, "x");
    }
    tiny.config.put("alibi_starting_size", null);
    try (BackboneFiles files = tiny.open()) {
      assertThat(files.warnings()).isEmpty();
    }
    tiny.config.put("alibi_starting_size", 512);
    tiny.config.put("rotary", true);
    try (BackboneFiles files = tiny.open()) {
      assertThat(files.warnings())
          .containsExactly(
              folder.resolve("bert/config.json")
                  + ": the model is computed without what these keys say:"
                  + " alibi_starting_size: 512, rotary: true");
    }
  }

  @Test
  void theMetadataOfTiedTensorsAreRead() {
    TinyFolder tiny = tiny("bert").prefixed("bert.");
    tiny.tensors.put("shared", tiny.tensors.remove("bert." + WORDS));
    tiny.metadata.put("format", "pt");
    tiny.metadata.put("bert." + WORDS, "shared");
    load(tiny);
  }

  @Test
  void twoModelsInOneFileAreNotToldApart() {
    TinyFolder tiny = tiny("bert").prefixed("question.");
    tiny.zeros("context." + WORDS, DType.F32, 50, 16);
    assertThatThrownBy(tiny::open)
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "holds 2 models: the names of their embeddings begin with 'context.', 'question.';"
                + " allowed one");
  }

  @Test
  void aMissingTensorIsToldWithOneThatIsThere() {
    TinyFolder tiny = tiny("bert");
    tiny.tensors.put(BIAS.replace("bias", "base_layer.bias"), tiny.tensors.remove(BIAS));
    assertThatThrownBy(() -> HfWeights.open(tiny.write(), BertModules.NAMES.words()).tensor(BIAS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(
            "has no tensor '"
                + BIAS
                + "'; found 'encoder.layer.0.attention.self.query.base_layer.bias' and 38 others");
  }

  @Test
  void anotherFileInTheFolderChangesNothing() throws IOException {
    Path directory = tiny("bert").write();
    try (BackboneFiles before = TinyFolder.open(directory)) {
      Files.copy(
          directory.resolve("model.safetensors"), directory.resolve("adapter_model.safetensors"));
      Files.writeString(directory.resolve("training.safetensors"), "no tensors");
      try (BackboneFiles after = TinyFolder.open(directory)) {
        assertThat(after.sha256()).isEqualTo(before.sha256());
      }
    }
  }
}
