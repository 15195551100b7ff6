package org.trimtab.family.decoder;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.AttentionWindow;
import org.trimtab.architecture.Initialization;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.Rotary;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;
import org.trimtab.architecture.config.RotaryKeys;
import org.trimtab.backbone.Point;

/**
 * Llama 1 to 3 (Touvron et al., 2023; Dubey et al., 2024) and Mistral (Jiang et al., 2023), whose
 * rows see but the last ones.
 */
public final class Llama implements Family {
  private static final double BASE = 10_000;

  @Override
  public List<String> modelTypes() {
    return List.of("llama", "mistral");
  }

  @Override
  public List<Names> names() {
    return List.of(LlamaModules.names(LlamaModules.modules(), false));
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    String type = keys.text("model_type");
    boolean sliding = type.equals("mistral");
    Sizes sizes = Sizes.of(keys);
    OptionalInt window = sliding ? keys.given("sliding_window") : OptionalInt.empty();
    Set<Point> biased = EnumSet.noneOf(Point.class);
    if (keys.truth("attention_bias", false)) {
      biased.addAll(Set.of(Point.QUERY, Point.KEY, Point.VALUE, Point.ATTENTION_OUT));
    }
    if (keys.truth("mlp_bias", false)) {
      biased.addAll(Set.of(Point.FFN_UP, Point.FFN_GATE, Point.FFN_DOWN));
    }
    return architecture(keys, type, sizes, biased, LlamaModules.points(), window);
  }

  /** A model whose layers are all alike. */
  static Architecture architecture(
      ConfigKeys keys,
      String family,
      Sizes sizes,
      Set<Point> biased,
      Set<Point> points,
      OptionalInt window) {
    Rotary rotary = new RotaryKeys(keys, sizes.attention().width(), sizes.positions()).all(BASE);
    AttentionWindow seen =
        window.isPresent() ? AttentionWindow.sliding(window.getAsInt()) : AttentionWindow.CAUSAL;
    return new LlamaArchitecture(
            family,
            sizes,
            points,
            biased,
            keys.at("hidden_act", () -> Activation.of(keys.text("hidden_act", "silu"))),
            keys.notNegative("rms_norm_eps", 1e-6),
            new Wiring.Layer(seen, Optional.of(rotary)),
            keys.truth("tie_word_embeddings", false))
        .of(keys.toString())
        .with(Initialization.normal(keys.deviation()));
  }
}
