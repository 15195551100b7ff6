package org.trimtab.backbone;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The shape of one stack of a backbone.
 *
 * @param stack which one
 * @param layers L
 * @param heads h
 * @param hidden H
 * @param ffn F, the width of the feed-forward's inside
 * @param points those that it has
 * @param causal whether its rows see only those before them
 */
public record StackSpec(
    Stack stack, int layers, int heads, int hidden, int ffn, Set<Point> points, boolean causal) {
  public StackSpec {
    points = Collections.unmodifiableSet(EnumSet.copyOf(points));
  }

  /** d = H / h. */
  public int headWidth() {
    return hidden / heads;
  }

  boolean has(Site site) {
    int layer = site.layer();
    boolean there = site.point().inLayer() ? layer >= 0 && layer < layers : layer == 0;
    return there && site.stack() == stack && points.contains(site.point());
  }

  /** Every site of the points {@code wanted} that are here, in the order of a pass. */
  Stream<Site> sites(Set<Point> wanted) {
    return Stream.of(Point.Section.values()).flatMap(section -> sites(section, wanted));
  }

  private Stream<Site> sites(Point.Section section, Set<Point> wanted) {
    List<Point> there =
        points.stream().filter(p -> p.section() == section && wanted.contains(p)).toList();
    return IntStream.range(0, section == Point.Section.LAYER ? layers : 1)
        .boxed()
        .flatMap(layer -> there.stream().map(point -> new Site(stack, layer, point)));
  }

  int inputWidth(Point point) {
    return point == Point.FFN_DOWN || point == Point.FFN_INNER ? ffn : hidden;
  }

  int outputWidth(Point point) {
    return point == Point.FFN_UP || point == Point.FFN_INNER ? ffn : hidden;
  }
}
