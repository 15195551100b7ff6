package org.trimtab.methods.lora;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.method.MethodConfig;

/**
 * Settings of LoRA.
 *
 * @param rank r
 * @param alpha the update is scaled by alpha / r
 * @param targets points, or ends of module paths, a matrix of several layers among them
 * @param targetPattern instead of the targets: a regular expression for a module's whole path
 * @param layers only these; empty: all
 * @param rankPattern ranks by a pattern for the end of a module's path
 * @param alphaPattern alphas, likewise
 * @param rankStabilized scale by alpha / √r
 * @param dropout of what enters the update
 * @param bias which biases of the backbone train too
 * @param dora whether the update is weight-decomposed
 * @param normGradient of DoRA
 */
@RecordBuilder
public record LoraConfig(
    int rank,
    double alpha,
    List<String> targets,
    Optional<String> targetPattern,
    List<Integer> layers,
    Map<String, Integer> rankPattern,
    Map<String, Double> alphaPattern,
    boolean rankStabilized,
    double dropout,
    Biases bias,
    boolean dora,
    NormGradient normGradient)
    implements MethodConfig, LoraConfigBuilder.With {
  public LoraConfig {
    Check.all(
        () -> Check.positive("rank", rank),
        () -> Check.positive("alpha", alpha),
        () -> Check.rate("dropout", dropout),
        () -> rankPattern.values().forEach(r -> Check.positive("rankPattern", r)),
        () -> alphaPattern.values().forEach(a -> Check.positive("alphaPattern", a)),
        () -> Check.notEmpty("targets", targets),
        () -> requireNoLayers(targetPattern, layers));
  }

  private static void requireNoLayers(Optional<String> targetPattern, List<Integer> layers) {
    if (targetPattern.isPresent() && !layers.isEmpty()) {
      throw new Invalid("layers", "belongs to targets; a target_pattern says its layers itself");
    }
  }
}
