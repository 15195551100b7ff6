package org.trimtab.family.decoder;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;
import org.trimtab.backbone.Point;

/**
 * Qwen 2 (Yang et al., 2024), Llama with biases at queries, keys and values, and Qwen 3 (2025),
 * Llama with norms of queries and keys.
 */
public final class Qwen implements Family {
  private static final String FULL = "full_attention";

  @Override
  public List<String> modelTypes() {
    return List.of("qwen2", "qwen3");
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    String type = keys.text("model_type");
    boolean third = type.equals("qwen3");
    keys.requireFalse("use_sliding_window");
    keys.ignore("sliding_window", "max_window_layers");
    if (!keys.texts("layer_types").orElse(List.of()).stream().allMatch(FULL::equals)) {
      throw keys.wrong("layer_types", FULL + " alone");
    }
    Set<Point> biased = EnumSet.noneOf(Point.class);
    if (!third || keys.truth("attention_bias", false)) {
      biased.addAll(Set.of(Point.QUERY, Point.KEY, Point.VALUE));
    }
    if (third && keys.truth("attention_bias", false)) {
      biased.add(Point.ATTENTION_OUT);
    }
    Set<Point> points = third ? LlamaModules.pointsWithNormedHeads() : LlamaModules.points();
    return Llama.architecture(keys, type, Sizes.of(keys), biased, points, OptionalInt.empty());
  }
}
