package org.trimtab.pretrained;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.AttentionWindow;
import org.trimtab.architecture.Rotary;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.config.Families;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.UserError;
import org.trimtab.family.decoder.LlamaArchitecture;
import org.trimtab.family.decoder.Sizes;
import org.trimtab.weights.gguf.GgufMetadata;
import org.trimtab.weights.gguf.GgufWeights;

/** What a GGUF file's metadata say of a Llama, and which of its tensors there are. */
final class GgufShapes {
  private static final String PREFIX = "llama.";
  private static final String WORDS = "embed_tokens.weight";

  /** Of a layer, at least. */
  private static final int TENSORS = 9;

  private final GgufWeights weights;
  private final GgufMetadata keys;

  private GgufShapes(GgufWeights weights) {
    this.weights = weights;
    this.keys = weights.metadata();
  }

  /**
   * The architecture of {@code weights}.
   *
   * @throws UserError if a key is missing, sizes don't fit each other, or the file says of the
   *     model what its layers don't compute
   */
  static Families.Configuration of(GgufWeights weights) {
    GgufShapes shapes = new GgufShapes(weights);
    Architecture architecture = shapes.architecture();
    return new Families.Configuration(architecture, shapes.warnings());
  }

  private Architecture architecture() {
    requirePlain();
    Sizes sizes = sizes();
    Rotary rotary = new GgufRotary(weights, PREFIX).of(sizes.attention().width());
    LlamaArchitecture llama =
        new LlamaArchitecture(
            "llama",
            sizes,
            LlamaArchitecture.plainPoints(),
            biased(),
            Activation.of("silu"),
            keys.above0(PREFIX + "attention.layer_norm_rms_epsilon"),
            new Wiring.Layer(AttentionWindow.CAUSAL, Optional.of(rotary)),
            weights.shape("lm_head.weight").isEmpty());
    return llama.of(keys.told(PREFIX) + llama);
  }

  /** Refuses what llama.cpp computes in files of this architecture, and these layers don't. */
  private void requirePlain() {
    for (String key : List.of("expert_count", "attention.sliding_window")) {
      if (keys.whole(PREFIX + key, 0) != 0) {
        throw keys.wrong(PREFIX + key, "0");
      }
    }
    if (!keys.truth(PREFIX + "attention.causal", true)) {
      throw keys.wrong(PREFIX + "attention.causal", "true");
    }
    if (keys.truth(PREFIX + "use_parallel_residual", false)) {
      throw keys.wrong(PREFIX + "use_parallel_residual", "false");
    }
  }

  private Sizes sizes() {
    int hidden = keys.positive(PREFIX + "embedding_length");
    int heads = keys.positive(PREFIX + "attention.head_count");
    int words = weights.shape(WORDS).map(GgufShapes::rows).orElse(1);
    return new Sizes(
        hidden,
        layers(),
        heads,
        heads(hidden, heads),
        keys.positive(PREFIX + "feed_forward_length"),
        keys.positive(PREFIX + "vocab_size", words),
        keys.positive(PREFIX + "context_length"),
        keys.whole("tokenizer.ggml.padding_token_id", 0));
  }

  private static int rows(long... shape) {
    return (int) Math.min(shape[0], Integer.MAX_VALUE);
  }

  /** No more than there are tensors for, so that a broken number makes no names of its own. */
  private int layers() {
    int layers = keys.positive(PREFIX + "block_count");
    if (layers > weights.names().size() / TENSORS) {
      throw keys.wrong(
          PREFIX + "block_count",
          "at most " + TENSORS + " tensors a block, of " + weights.names().size());
    }
    return layers;
  }

  private StackSpec.Heads heads(int hidden, int heads) {
    String shared = PREFIX + "attention.head_count_kv";
    String length = PREFIX + "attention.key_length";
    int keyHeads = keys.positive(shared, heads);
    if (heads % keyHeads != 0) {
      throw keys.wrong(shared, "a divisor of attention.head_count, " + heads);
    }
    if (!keys.has(length) && hidden % heads != 0) {
      throw keys.wrong(PREFIX + "attention.head_count", "a divisor of embedding_length, " + hidden);
    }
    int width = keys.positive(length, Math.max(1, hidden / heads));
    if (width % 2 != 0) {
      throw keys.wrong(length, "heads of an even width, to be turned; they have " + width);
    }
    if (keys.positive(PREFIX + "attention.value_length", width) != width) {
      throw keys.wrong(PREFIX + "attention.value_length", "the width of keys, " + width);
    }
    return new StackSpec.Heads(keyHeads, width);
  }

  /** Linear layers with a bias in the first layer; loading holds the others against it. */
  private Set<Point> biased() {
    Set<Point> biased = EnumSet.noneOf(Point.class);
    LlamaArchitecture.modules()
        .forEach(
            (point, module) -> {
              boolean linear = point.role() == Role.LINEAR;
              if (linear && weights.shape("layers.0." + module + ".bias").isPresent()) {
                biased.add(point);
              }
            });
    return biased;
  }

  /** Asks for what changes nothing here, so that all else is warned of. */
  private List<String> warnings() {
    keys.has(PREFIX + "tensor_data_layout");
    List<String> unknown = keys.unasked(PREFIX);
    return unknown.isEmpty()
        ? List.of()
        : List.of(
            weights.origin()
                + ": the model is computed without what these keys say: "
                + String.join(", ", unknown));
  }
}
