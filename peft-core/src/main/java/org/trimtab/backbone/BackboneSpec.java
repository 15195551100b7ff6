package org.trimtab.backbone;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The shape of a backbone: all that a method needs to size its parameters.
 *
 * @param family the architecture's name, such as {@code bert}
 * @param stacks which it has, in the order in which they run
 * @param layers L
 * @param heads h
 * @param hidden H
 * @param ffn the width of the feed-forward's inside
 * @param vocabulary number of token embeddings
 * @param positions how many tokens fit into one sequence, prompt rows included
 * @param pooler whether the pooler runs
 */
public record BackboneSpec(
    String family,
    List<Stack> stacks,
    int layers,
    int heads,
    int hidden,
    int ffn,
    int vocabulary,
    int positions,
    boolean pooler) {

  private static final Set<Point> OUTSIDE_LAYERS =
      EnumSet.of(Point.EMBEDDING, Point.EMBEDDING_NORM, Point.POOLER);

  /** d = H / h. */
  public int headWidth() {
    return hidden / heads;
  }

  /** Every site of the given points, in the order in which a forward pass meets them. */
  public List<Site> sites(Set<Point> points) {
    return sites().filter(site -> points.contains(site.point())).toList();
  }

  /** Whether this backbone has {@code site}; a target without a site is a user's error. */
  public boolean has(Site site) {
    return sites().anyMatch(site::equals);
  }

  /** Whether the rows of {@code stack} see only those before them. */
  public boolean causal(Stack stack) {
    return stack == Stack.DECODER;
  }

  /** The width of what enters the linear layer or norm at {@code point}. */
  public int inputWidth(Point point) {
    return point == Point.FFN_DOWN || point == Point.FFN_INNER ? ffn : hidden;
  }

  /** The width of what leaves {@code point}. */
  public int outputWidth(Point point) {
    return point == Point.FFN_UP || point == Point.FFN_INNER ? ffn : hidden;
  }

  private Stream<Site> sites() {
    return stacks.stream().flatMap(this::sites);
  }

  private Stream<Site> sites(Stack stack) {
    Stream<Site> before =
        Stream.of(Point.EMBEDDING, Point.EMBEDDING_NORM).map(p -> new Site(stack, 0, p));
    Stream<Site> inside =
        Stream.iterate(0, l -> l < layers, l -> l + 1)
            .flatMap(
                l ->
                    Stream.of(Point.values())
                        .filter(p -> !OUTSIDE_LAYERS.contains(p))
                        .map(p -> new Site(stack, l, p)));
    Stream<Site> after = pooler ? Stream.of(new Site(stack, 0, Point.POOLER)) : Stream.empty();
    return Stream.of(before, inside, after).flatMap(s -> s);
  }
}
