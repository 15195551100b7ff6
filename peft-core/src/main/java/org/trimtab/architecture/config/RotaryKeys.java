package org.trimtab.architecture.config;

import org.trimtab.architecture.Rotary;
import org.trimtab.architecture.RotaryScaling;

/**
 * What a configuration says of rotary positions, in either spelling: {@code rope_parameters}, or
 * {@code rope_theta} and {@code rope_scaling} beside all else.
 *
 * @param keys the whole configuration
 * @param width d of a head
 * @param positions of the model
 */
public record RotaryKeys(ConfigKeys keys, int width, int positions) {
  private static final String PARAMETERS = "rope_parameters";
  private static final String SCALING = "rope_scaling";
  private static final String BASE = "rope_theta";

  /**
   * The rotation of all layers.
   *
   * @param base where nothing says otherwise
   */
  public Rotary all(double base) {
    if (keys.has(PARAMETERS)) {
      return of(keys.object(PARAMETERS), base);
    }
    double own = keys.above0(BASE, base);
    return keys.has(SCALING)
        ? new Rotary(width, own, scaling(keys.object(SCALING)))
        : new Rotary(width, own, RotaryScaling.NONE);
  }

  /**
   * The rotation of the layers of one kind.
   *
   * @param kind such as {@code sliding_attention}, a key of {@code rope_parameters}
   * @param old the key of its base where that has none
   * @param base where nothing says otherwise
   * @param scales whether {@code rope_scaling} is of these layers
   */
  public Rotary of(String kind, String old, double base, boolean scales) {
    if (keys.has(PARAMETERS) && keys.object(PARAMETERS).has(kind)) {
      return of(keys.object(PARAMETERS).object(kind), base);
    }
    RotaryScaling scaling =
        scales && keys.has(SCALING) ? scaling(keys.object(SCALING)) : RotaryScaling.NONE;
    return new Rotary(width, keys.above0(old, base), scaling);
  }

  private Rotary of(ConfigKeys own, double base) {
    return new Rotary(width, own.above0(BASE, base), scaling(own));
  }

  private RotaryScaling scaling(ConfigKeys own) {
    String key = own.has("rope_type") ? "rope_type" : "type";
    String type = own.text(key, "default");
    return switch (type) {
      case "default" -> RotaryScaling.NONE;
      case "linear" -> new RotaryScaling.Linear(own.above0("factor", 1));
      case "llama3" ->
          new RotaryScaling.Llama3(
              own.above0("factor", 1),
              own.above0("low_freq_factor", 1),
              own.above0("high_freq_factor", 4),
              own.positive("original_max_position_embeddings"));
      case "yarn" -> yarn(own);
      default -> throw own.wrong(key, "default, linear, llama3, yarn");
    };
  }

  private RotaryScaling yarn(ConfigKeys own) {
    double factor = own.above0("factor", 1);
    return new RotaryScaling.Yarn(
        factor,
        own.positive("original_max_position_embeddings", positions),
        own.above0("beta_fast", 32),
        own.above0("beta_slow", 1),
        own.above0("attention_factor", magnitude(own, factor)),
        own.truth("truncate", true));
  }

  private static double magnitude(ConfigKeys own, double factor) {
    double some = own.notNegative("mscale", 0);
    double all = own.notNegative("mscale_all_dim", 0);
    return some > 0 && all > 0
        ? (1 + some * (RotaryScaling.Yarn.magnitude(factor) - 1))
            / (1 + all * (RotaryScaling.Yarn.magnitude(factor) - 1))
        : RotaryScaling.Yarn.magnitude(factor);
  }
}
