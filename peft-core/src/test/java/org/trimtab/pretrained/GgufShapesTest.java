package org.trimtab.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Rotary;
import org.trimtab.architecture.RotaryScaling;
import org.trimtab.architecture.config.Families;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;
import org.trimtab.base.UserError;
import org.trimtab.weights.gguf.GgufBytes;
import org.trimtab.weights.gguf.GgufWeights;

/** What metadata say of a model, and what is refused. */
class GgufShapesTest {
  @TempDir Path folder;

  /** One layer of two heads over eight features, two for each head of keys. */
  static GgufBytes tiny() {
    return settings(new GgufBytes().text("general.architecture", "llama"));
  }

  private static GgufBytes settings(GgufBytes bytes) {
    return tensors(
        bytes
            .number("llama.block_count", 1)
            .number("llama.embedding_length", 8)
            .number("llama.feed_forward_length", 12)
            .number("llama.attention.head_count", 2)
            .number("llama.attention.head_count_kv", 1)
            .number("llama.context_length", 32)
            .fraction("llama.attention.layer_norm_rms_epsilon", 0.5f));
  }

  private static GgufBytes tensors(GgufBytes bytes) {
    return bytes
        .floats("token_embd.weight", new float[40], 8, 5)
        .floats("output_norm.weight", new float[8], 8)
        .floats("blk.0.attn_norm.weight", new float[8], 8)
        .floats("blk.0.attn_q.weight", new float[64], 8, 8)
        .floats("blk.0.attn_k.weight", new float[32], 8, 4)
        .floats("blk.0.attn_v.weight", new float[32], 8, 4)
        .floats("blk.0.attn_output.weight", new float[64], 8, 8)
        .floats("blk.0.ffn_norm.weight", new float[8], 8)
        .floats("blk.0.ffn_gate.weight", new float[96], 8, 12)
        .floats("blk.0.ffn_up.weight", new float[96], 8, 12)
        .floats("blk.0.ffn_down.weight", new float[96], 12, 8);
  }

  private Families.Configuration read(GgufBytes bytes) {
    try (GgufWeights weights = GgufWeights.open(bytes.write(folder.resolve("x.gguf")))) {
      return GgufShapes.of(weights);
    }
  }

  private Rotary rotary(GgufBytes bytes) {
    Architecture architecture = read(bytes).architecture();
    return architecture.wiring(Stack.DECODER).layers().get(0).rotary().orElseThrow();
  }

  @Test
  void whatIsNotSaidHolds() {
    Architecture told = read(tiny()).architecture();
    assertThat(told.tables().words()).isEqualTo(5);
    assertThat(told.names().output()).isEmpty();
    assertThat(told.wiring(Stack.DECODER).biased()).isEmpty();
    assertThat(rotary(tiny())).isEqualTo(new Rotary(4, 10_000, RotaryScaling.NONE));
    assertThat(read(tiny()).warnings()).isEmpty();
  }

  @Test
  void tensorsSayWhatElseThereIs() {
    GgufBytes more =
        tiny()
            .floats("output.weight", new float[40], 8, 5)
            .floats("blk.0.attn_q.bias", new float[8], 8);
    Architecture told = read(more).architecture();
    assertThat(told.names().output()).contains("lm_head.weight");
    assertThat(told.wiring(Stack.DECODER).biased()).containsExactly(Point.QUERY);
    assertThat(told.settings()).isNotEqualTo(read(tiny()).architecture().settings());
  }

  @Test
  void rotaryPositionsAreScaled() {
    assertThat(rotary(tiny().fraction("llama.rope.freq_base", 500)))
        .isEqualTo(new Rotary(4, 500, RotaryScaling.NONE));
    Rotary linear = new Rotary(4, 10_000, new RotaryScaling.Linear(4));
    assertThat(rotary(tiny().fraction("llama.rope.scale_linear", 4))).isEqualTo(linear);
    GgufBytes said =
        tiny().text("llama.rope.scaling.type", "linear").fraction("llama.rope.scaling.factor", 4);
    assertThat(rotary(said)).isEqualTo(linear);
    GgufBytes none =
        tiny().text("llama.rope.scaling.type", "none").fraction("llama.rope.scaling.factor", 4);
    assertThat(rotary(none).scaling()).isEqualTo(RotaryScaling.NONE);
    Rotary own = rotary(tiny().floats("rope_freqs.weight", new float[] {1, 8}, 2));
    assertThat(own.frequencies()).containsExactly(1, 0.01 / 8);
  }

  @Test
  void whatIsNotKnownIsWarnedOf() {
    assertThat(read(tiny().number("llama.new_thing", 1)).warnings())
        .containsExactly(
            folder.resolve("x.gguf")
                + ": the model is computed without what these keys say: llama.new_thing");
  }

  private static Arguments with(String words, UnaryOperator<GgufBytes> fault) {
    return Arguments.of(words, fault.apply(tiny()));
  }

  static Stream<Arguments> faults() {
    GgufBytes other = settings(new GgufBytes().text("general.architecture", "qwen2"));
    return Stream.of(
        Arguments.of("general.architecture: found qwen2; allowed llama", other),
        Arguments.of("general.architecture: found nothing", settings(new GgufBytes())),
        Arguments.of(
            "llama.attention.head_count: found nothing; allowed a whole number",
            new GgufBytes().text("general.architecture", "llama")),
        with("general.type: found adapter; allowed model", b -> b.text("general.type", "adapter")),
        with("split.count: found 2; allowed 1", b -> b.number("split.count", 2)),
        with(
            "general.quantization_version: found 1; allowed 2",
            b -> b.number("general.quantization_version", 1)),
        with("llama.expert_count: found 8; allowed 0", b -> b.number("llama.expert_count", 8)),
        with(
            "llama.attention.causal: found false; allowed true",
            b -> b.truth("llama.attention.causal", false)),
        with(
            "llama.attention.sliding_window: found 7",
            b -> b.number("llama.attention.sliding_window", 7)),
        with(
            "llama.rope.dimension_count: found 2; allowed the width of heads, 4",
            b -> b.number("llama.rope.dimension_count", 2)),
        with(
            "llama.rope.scaling.type: found yarn; allowed none, linear",
            b -> b.text("llama.rope.scaling.type", "yarn")),
        with(
            "llama.rope.freq_base: found -1.0; allowed a floating-point number above 0",
            b -> b.fraction("llama.rope.freq_base", -1)),
        with(
            "'rope_freqs.weight' holds 3 values; allowed 2",
            b -> b.floats("rope_freqs.weight", new float[] {1, 1, 1}, 3)),
        with(
            "scales rotary positions twice",
            b ->
                b.floats("rope_freqs.weight", new float[] {1, 1}, 2)
                    .fraction("llama.rope.scale_linear", 2)),
        with("llama.attention.key_length: found 3", b -> b.number("llama.attention.key_length", 3)),
        with(
            "llama.attention.value_length: found 2; allowed the width of keys, 4",
            b -> b.number("llama.attention.value_length", 2)),
        with(
            "holds a tensor 'blk.0.ffn_gate_inp.weight', which a Llama doesn't have",
            b -> b.floats("blk.0.ffn_gate_inp.weight", new float[1], 1)),
        with("tensor 'blk..weight'", b -> b.floats("blk..weight", new float[1], 1)),
        with("tensor 'blk.weight'", b -> b.floats("blk.weight", new float[1], 1)),
        with("tensor 'output.bias'", b -> b.floats("output.bias", new float[1], 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void faultsAreTold(String words, GgufBytes bytes) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder.resolve("x.gguf") + ": ")
        .hasMessageContaining(words);
  }

  @Test
  void moreLayersThanTensorsAreRefused() {
    GgufBytes bytes =
        new GgufBytes()
            .text("general.architecture", "llama")
            .number("llama.block_count", Integer.MAX_VALUE);
    bytes.number("llama.embedding_length", 8).number("llama.attention.head_count", 2);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("llama.block_count: found 2147483647; allowed at most 9 tensors");
  }

  /** Whatever a broken byte makes of a file, it is read, or refused in a line that names it. */
  @Test
  void aBrokenByteAnywhereIsNoException() throws IOException {
    byte[] whole = tiny().bytes();
    Path file = folder.resolve("x.gguf");
    byte[] flips = {1, 0x40, (byte) 0xff};
    for (int i = 0; i < Math.min(whole.length, 1200); i++) {
      byte[] broken = whole.clone();
      broken[i] = (byte) (broken[i] ^ flips[i % flips.length]);
      Files.write(file, broken);
      refusal(file).ifPresent(words -> assertThat(words).startsWith(file.toString()));
    }
  }

  private static Optional<String> refusal(Path file) {
    try (GgufWeights weights = GgufWeights.open(file)) {
      GgufShapes.of(weights);
      List<String> names = weights.names();
      names.forEach(weights::tensor);
      return Optional.empty();
    } catch (UserError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
