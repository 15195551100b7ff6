package org.trimtab.family.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Disentangled;
import org.trimtab.architecture.RelativeBuckets;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.config.Families;
import org.trimtab.backbone.Stack;
import org.trimtab.base.UserError;
import org.trimtab.family.FamilyKinds;

/** What configurations of DeBERTa say, and which are refused. */
class DebertaTest {
  private static final String BASE =
      """
      {"model_type": "deberta-v2", "hidden_size": 32, "num_attention_heads": 4,
       "num_hidden_layers": 2, "intermediate_size": 64, "vocab_size": 50,
       "max_position_embeddings": 16, "hidden_act": "gelu", %s
       "layer_norm_eps": 1e-7}
      """;

  @TempDir Path folder = Path.of("");

  private Families.Configuration read(String more) throws IOException {
    Files.writeString(folder.resolve("config.json"), BASE.formatted(more));
    return FamilyKinds.ALL.read(folder);
  }

  @Test
  void oneTextOrAListNamesTheScores() throws IOException {
    String common = "\"relative_attention\": true, \"position_buckets\": 4, \"pos_att_type\": ";
    Disentangled both = new Disentangled(RelativeBuckets.logarithmic(4, 16), true, true);
    for (String types : new String[] {"\"p2c|c2p\",", "[\"c2p\", \"p2c\"],"}) {
      Families.Configuration configuration = read(common + types);
      Wiring wiring = configuration.architecture().wiring(Stack.ENCODER);
      assertThat(wiring.disentangled()).contains(both);
      assertThat(wiring.scale()).isEqualTo(1 / Math.sqrt(8 * 3));
      assertThat(wiring.plain()).isFalse();
      assertThat(configuration.warnings()).isEmpty();
    }
    Wiring one = read(common + "\"c2p\",").architecture().wiring(Stack.ENCODER);
    assertThat(one.scale()).isEqualTo(1 / Math.sqrt(8 * 2));
  }

  @Test
  void withoutRelativeAttentionItIsAnEncoderWithATableOfPositions() throws IOException {
    Architecture architecture = read("").architecture();
    assertThat(architecture.wiring(Stack.ENCODER).disentangled()).isEmpty();
    assertThat(architecture.wiring(Stack.ENCODER).embedding().positions()).isPresent();
    assertThat(architecture.names().positions()).isPresent();
    assertThat(architecture.names().segments()).isEmpty();
    assertThat(read("\"type_vocab_size\": 2,").architecture().names().segments())
        .isEqualTo(Optional.of("embeddings.token_type_embeddings.weight"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv_kernel_size; 3; allowed 0: no convolution beside the first layer",
        "pos_att_type; [`c2p`, `p2p`]; allowed c2p, p2c",
        "norm_rel_ebd; `batch_norm`; allowed none, layer_norm",
        "embedding_size; 16; allowed hidden_size",
        "attention_head_size; 16; allowed hidden_size / num_attention_heads",
        "max_relative_positions; `all`; allowed a whole number",
        "is_decoder; true; allowed false"
      })
  void whatLayersDoNotComputeIsRefused(String key, String value, String allowed) {
    String json = value.replace('`', '"');
    assertThatThrownBy(() -> read("\"" + key + "\": " + json + ","))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("config.json")
                + ": "
                + key
                + ": found "
                + json.replace(" ", "")
                + "; "
                + allowed);
  }

  @Test
  void bucketsThatCannotBeAreRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "\"relative_attention\": true, \"position_buckets\": 5,"
                        + " \"pos_att_type\": \"c2p\","))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("config.json")
                + ": position_buckets: found 5; allowed even numbers from 2 to 28, or -1 for none");
  }
}
