package org.trimtab.family.decoder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.AttentionWindow;
import org.trimtab.architecture.Initialization;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.NormOrder;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;
import org.trimtab.architecture.config.RotaryKeys;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;

/**
 * Gemma 3, its text model (Gemma Team, 2025): scaled embeddings, norms around each branch and of
 * queries and keys, some layers seeing all rows before a row and most but the last ones.
 */
public final class Gemma3 implements Family {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

  @Override
  public List<String> modelTypes() {
    return List.of("gemma3_text");
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    Sizes sizes = Sizes.of(keys);
    keys.requireFalse("attention_bias", "use_bidirectional_attention");
    keys.requireNone("attn_logit_softcapping", "none");
    keys.requireNone("final_logit_softcapping", "none");
    Set<Point> points = LlamaModules.pointsWithNormedHeads();
    points.addAll(Set.of(Point.ATTENTION_POST_NORM, Point.FFN_POST_NORM));
    Wiring wiring =
        new Wiring(
            NormOrder.AROUND,
            new Normalization.RmsNorm(keys.notNegative("rms_norm_eps", 1e-6), 1),
            keys.at("hidden_activation", () -> Activation.of(activation(keys))),
            1 / Math.sqrt(keys.above0("query_pre_attn_scalar", 256)),
            new Wiring.Embedding(Optional.empty(), Math.sqrt(sizes.hidden())),
            layers(keys, sizes),
            Set.of());
    return new Architecture(
            keys.toString(),
            sizes.spec("gemma3_text", points),
            Map.of(Stack.DECODER, wiring),
            LlamaModules.names(modules(), keys.truth("tie_word_embeddings", true)),
            sizes.tables())
        .with(Initialization.normal(keys.deviation()));
  }

  @Override
  public List<Names> names() {
    return List.of(LlamaModules.names(modules(), true));
  }

  private static Map<Point, String> modules() {
    Map<Point, String> modules = LlamaModules.modules();
    modules.put(Point.ATTENTION_POST_NORM, "post_attention_layernorm");
    modules.put(Point.FFN_NORM, "pre_feedforward_layernorm");
    modules.put(Point.FFN_POST_NORM, "post_feedforward_layernorm");
    return modules;
  }

  private static String activation(ConfigKeys keys) {
    return keys.text("hidden_activation", keys.text("hidden_act", "gelu_pytorch_tanh"));
  }

  private static List<Wiring.Layer> layers(ConfigKeys keys, Sizes sizes) {
    RotaryKeys rotary = new RotaryKeys(keys, sizes.attention().width(), sizes.positions());
    Wiring.Layer full =
        new Wiring.Layer(
            AttentionWindow.CAUSAL, Optional.of(rotary.of(FULL, "rope_theta", 1e6, true)));
    Wiring.Layer sliding =
        new Wiring.Layer(
            AttentionWindow.sliding(keys.positive("sliding_window", 4096)),
            Optional.of(rotary.of(SLIDING, "rope_local_base_freq", 1e4, false)));
    return kinds(keys, sizes.layers()).stream()
        .map(kind -> kind.equals(FULL) ? full : sliding)
        .toList();
  }

  /** Every sixth layer is full, where no list says which are. */
  private static List<String> kinds(ConfigKeys keys, int layers) {
    int pattern =
        keys.positive("sliding_window_pattern", keys.positive("_sliding_window_pattern", 6));
    List<String> kinds =
        keys.texts("layer_types")
            .orElseGet(
                () ->
                    IntStream.range(0, layers)
                        .mapToObj(i -> (i + 1) % pattern == 0 ? FULL : SLIDING)
                        .toList());
    if (kinds.size() != layers || !Set.of(FULL, SLIDING).containsAll(kinds)) {
      throw keys.wrong("layer_types", layers + " of " + FULL + " and " + SLIDING);
    }
    return kinds;
  }
}
