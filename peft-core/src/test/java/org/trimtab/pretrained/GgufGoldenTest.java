package org.trimtab.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.Rotary;
import org.trimtab.architecture.RotaryScaling;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.family.FamilyKinds;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.HfWeights;
import org.trimtab.weights.gguf.GgufBytes;
import org.trimtab.weights.gguf.GgufWeights;

/** Hugging Face's Llamas, written as llama.cpp does, are the same models. */
class GgufGoldenTest {
  private static final Map<String, String> MODULES = modules();
  @TempDir Path folder;

  private static Map<String, String> modules() {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("embed_tokens", "token_embd");
    modules.put("lm_head", "output");
    modules.put("post_attention_layernorm", "ffn_norm");
    modules.put("input_layernorm", "attn_norm");
    modules.put("self_attn.q_proj", "attn_q");
    modules.put("self_attn.k_proj", "attn_k");
    modules.put("self_attn.v_proj", "attn_v");
    modules.put("self_attn.o_proj", "attn_output");
    modules.put("mlp.gate_proj", "ffn_gate");
    modules.put("mlp.up_proj", "ffn_up");
    modules.put("mlp.down_proj", "ffn_down");
    modules.put("layers.", "blk.");
    return modules;
  }

  @TestFactory
  Stream<DynamicTest> llamas() {
    return Stream.concat(Golden.cases("backbones").stream(), Golden.families("backbones").stream())
        .filter(path -> String.valueOf(path.getFileName()).startsWith("llama"))
        .filter(path -> !path.endsWith("llama-classifier")) // nothing there predicts words
        .filter(path -> !isYarn(FamilyKinds.ALL.read(path).architecture())) // refused in GGUF files
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> same(path)));
  }

  private static boolean isYarn(Architecture told) {
    return rotary(told.wiring(Stack.DECODER)).scaling().magnitude() != 1;
  }

  private void same(Path model) {
    Architecture told = FamilyKinds.ALL.read(model).architecture();
    try (HfWeights weights = HfWeights.open(model, told.names().words())) {
      Path file = written(told, weights).write(folder.resolve("x.gguf"));
      try (GgufWeights read = GgufWeights.open(file)) {
        requireSame(told, GgufShapes.of(read).architecture());
        read.names().forEach(name -> requireSame(weights, read, name));
        assertThat(read.names()).hasSizeGreaterThan(9);
      }
    }
  }

  private static void requireSame(Architecture one, Architecture other) {
    assertThat(other.spec()).isEqualTo(one.spec());
    assertThat(other.names()).isEqualTo(one.names());
    assertThat(other.tables()).isEqualTo(one.tables());
    Wiring wanted = one.wiring(Stack.DECODER);
    Wiring found = other.wiring(Stack.DECODER);
    assertThat(found.biased()).isEqualTo(wanted.biased());
    assertThat(found.scale()).isEqualTo(wanted.scale());
    assertThat(found.activation()).isEqualTo(wanted.activation());
    assertThat(found.order()).isEqualTo(wanted.order());
    assertThat(found.layers().get(0).window()).isEqualTo(wanted.layers().get(0).window());
    assertThat(epsilon(other)).isCloseTo(epsilon(one), Offset.offset(1e-12));
    assertThat(rotary(found).frequencies())
        .usingComparatorWithPrecision(1e-7)
        .containsExactly(rotary(wanted).frequencies());
  }

  private static void requireSame(HfWeights weights, GgufWeights read, String name) {
    assertThat(read.tensor(name).shape()).isEqualTo(weights.tensor(name).shape());
    assertThat(read.tensor(name).floats()).isEqualTo(weights.tensor(name).floats());
  }

  private static double epsilon(Architecture architecture) {
    return ((Normalization.RmsNorm) architecture.wiring(Stack.DECODER).norm()).epsilon();
  }

  private static Rotary rotary(Wiring wiring) {
    return wiring.layers().get(0).rotary().orElseThrow();
  }

  private static GgufBytes written(Architecture told, HfWeights weights) {
    StackSpec stack = told.spec().textStack();
    Wiring wiring = told.wiring(Stack.DECODER);
    GgufBytes bytes =
        sizes(told, stack).fraction("llama.rope.freq_base", (float) rotary(wiring).base());
    if (!rotary(wiring).scaling().equals(RotaryScaling.NONE)) {
      factors(bytes, rotary(wiring));
    }
    for (String name : weights.names()) {
      if (name.startsWith("layers.")
          || name.equals("norm.weight")
          || name.equals("embed_tokens.weight")
          || told.names().output().filter(name::equals).isPresent()) {
        tensor(bytes, name, weights.tensor(name), stack);
      }
    }
    return bytes;
  }

  private static GgufBytes sizes(Architecture told, StackSpec stack) {
    return new GgufBytes()
        .text("general.architecture", "llama")
        .number("llama.block_count", stack.layers())
        .number("llama.embedding_length", stack.hidden())
        .number("llama.feed_forward_length", stack.ffn())
        .number("llama.attention.head_count", stack.heads())
        .number("llama.attention.head_count_kv", stack.attention().keyValues())
        .number("llama.attention.key_length", stack.attention().width())
        .number("llama.context_length", told.spec().positions())
        .number("llama.vocab_size", told.tables().words())
        .number("tokenizer.ggml.padding_token_id", told.spec().padding())
        .fraction("llama.attention.layer_norm_rms_epsilon", (float) epsilon(told));
  }

  /** Whatever scales, as numbers that the pairs' frequencies are divided by. */
  private static void factors(GgufBytes bytes, Rotary rotary) {
    double[] plain = new Rotary(rotary.width(), rotary.base(), RotaryScaling.NONE).frequencies();
    double[] scaled = rotary.frequencies();
    float[] factors = new float[plain.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) (plain[i] / scaled[i]);
    }
    bytes.floats("rope_freqs.weight", factors, factors.length);
  }

  private static void tensor(GgufBytes bytes, String name, HostTensor values, StackSpec stack) {
    String own = name.equals("norm.weight") ? "output_norm.weight" : name;
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      own = own.replace(module.getKey(), module.getValue());
    }
    float[] rows = values.floats();
    if (own.contains("attn_q.")) {
      rows = interleaved(rows, stack.heads(), columns(values));
    } else if (own.contains("attn_k.")) {
      rows = interleaved(rows, stack.attention().keyValues(), columns(values));
    }
    long[] shape = values.shape();
    long[] axes = shape.length == 1 ? shape : new long[] {shape[1], shape[0]};
    bytes.floats(own, rows, axes);
  }

  private static int columns(HostTensor values) {
    return values.shape().length == 1 ? 1 : (int) values.shape()[1];
  }

  /** Of each head (2, d/2, columns) as (d/2, 2, columns). */
  private static float[] interleaved(float[] rows, int heads, int columns) {
    float[] turned = new float[rows.length];
    int half = rows.length / heads / 2; // values of half a head
    for (int i = 0; i < rows.length; i++) {
      int head = i / (2 * half);
      int second = i / half % 2;
      int row = i % half / columns;
      turned[head * 2 * half + (2 * row + second) * columns + i % columns] = rows[i];
    }
    return turned;
  }
}
