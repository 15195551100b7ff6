package org.trimtab.family.decoder;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.NormOrder;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;

/**
 * A decoder like Llama (Touvron et al., 2023), whose layers are all alike, whatever says so.
 *
 * @param family its name
 * @param sizes of all
 * @param points what each layer has
 * @param biased linear layers with a bias
 * @param activation of the feed-forward
 * @param epsilon of the norms
 * @param layer which rows see which, and by how much they turn
 * @param tied whether words are predicted by the table that they are looked up in
 */
public record LlamaArchitecture(
    String family,
    Sizes sizes,
    Set<Point> points,
    Set<Point> biased,
    Activation activation,
    double epsilon,
    Wiring.Layer layer,
    boolean tied) {
  public LlamaArchitecture {
    points = Set.copyOf(points);
    biased = Set.copyOf(biased);
  }

  /** What each layer of a Llama has. */
  public static Set<Point> plainPoints() {
    return LlamaModules.points();
  }

  /** Hugging Face's names of a layer's modules, and of those around the layers. */
  public static Map<Point, String> modules() {
    return LlamaModules.modules();
  }

  /**
   * This as an architecture.
   *
   * @param settings all that was said of it, in one text
   */
  public Architecture of(String settings) {
    Wiring wiring =
        new Wiring(
            NormOrder.PRE,
            new Normalization.RmsNorm(epsilon, 0),
            activation,
            sizes.scale(),
            new Wiring.Embedding(Optional.empty(), 1),
            Collections.nCopies(sizes.layers(), layer),
            biased);
    return new Architecture(
        settings,
        sizes.spec(family, points),
        Map.of(Stack.DECODER, wiring),
        LlamaModules.names(LlamaModules.modules(), tied),
        sizes.tables());
  }
}
