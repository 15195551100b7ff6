package org.trimtab.architecture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.Point;

/**
 * How the layers of a stack are put together; which modules they have, its points say.
 *
 * @param order where norms stand
 * @param norm what they compute
 * @param activation of the feed-forward; of its gate, where it has one
 * @param scale of the scores: 1 / √d, or what the family has in its place
 * @param embedding what is made of tokens
 * @param layers what each layer's attention sees
 * @param biased which linear layers and norms have a bias
 * @param disentangled scores of contents with relative positions
 */
public record Wiring(
    NormOrder order,
    Normalization norm,
    Activation activation,
    double scale,
    Embedding embedding,
    List<Layer> layers,
    Set<Point> biased,
    Optional<Disentangled> disentangled) {
  public Wiring {
    layers = List.copyOf(layers);
    biased = Set.copyOf(biased);
  }

  /** One whose scores are of contents alone. */
  public Wiring(
      NormOrder order,
      Normalization norm,
      Activation activation,
      double scale,
      Embedding embedding,
      List<Layer> layers,
      Set<Point> biased) {
    this(order, norm, activation, scale, embedding, layers, biased, Optional.empty());
  }

  /**
   * What is made of tokens before the first layer.
   *
   * @param positions of a table, which are added
   * @param scale of the words: √H in Gemma
   */
  public record Embedding(Optional<PositionTable> positions, double scale) {}

  /**
   * What tells one layer's attention from another's.
   *
   * @param rotary positions that turn queries and keys
   */
  public record Layer(AttentionWindow window, Optional<Rotary> rotary) {
    /** That sees all rows, whose positions are in the embedding alone. */
    public static final Layer PLAIN = new Layer(AttentionWindow.ALL, Optional.empty());
  }

  /** Whether all is as in BERT: what the layers as a whole are kernels of. */
  public boolean plain() {
    return order == NormOrder.POST
        && norm.centred()
        && disentangled.isEmpty()
        && layers.stream().allMatch(Layer.PLAIN::equals);
  }
}
