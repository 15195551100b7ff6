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
 * @param attention widths of heads
 * @param embedding E, the width of token embeddings
 * @param absent sites of {@code points} that single layers lack
 */
public record StackSpec(
    Stack stack,
    int layers,
    int heads,
    int hidden,
    int ffn,
    Set<Point> points,
    boolean causal,
    Heads attention,
    int embedding,
    Set<Site> absent) {
  public StackSpec {
    points = Collections.unmodifiableSet(EnumSet.copyOf(points));
    absent = Set.copyOf(absent);
    if (attention.keyValues() < 1 || heads % attention.keyValues() != 0) {
      throw new IllegalArgumentException(
          heads + " heads can't share keys of " + attention.keyValues());
    }
  }

  /**
   * What attentions split into.
   *
   * @param keyValues heads of keys and values, each of which h / keyValues heads of queries share
   * @param width d of each head
   */
  public record Heads(int keyValues, int width) {}

  /** A stack with as many keys as queries, d = H / h, and E = H. */
  public StackSpec(
      Stack stack, int layers, int heads, int hidden, int ffn, Set<Point> points, boolean causal) {
    this(
        stack,
        layers,
        heads,
        hidden,
        ffn,
        points,
        causal,
        new Heads(heads, hidden / heads),
        hidden,
        Set.of());
  }

  /** The same with other points. */
  public StackSpec with(Set<Point> others) {
    return new StackSpec(
        stack, layers, heads, hidden, ffn, others, causal, attention, embedding, absent);
  }

  /** d. */
  public int headWidth() {
    return attention.width();
  }

  /** Heads of keys and values. */
  public int keyValueHeads() {
    return attention.keyValues();
  }

  /** Whether there is such a site. */
  public boolean has(Site site) {
    int layer = site.layer();
    boolean there = site.point().inLayer() ? layer >= 0 && layer < layers : layer == 0;
    return there
        && site.stack() == stack
        && points.contains(site.point())
        && !absent.contains(site);
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
        .flatMap(layer -> there.stream().map(point -> new Site(stack, layer, point)))
        .filter(site -> !absent.contains(site));
  }

  int inputWidth(Point point) {
    return switch (point) {
      case FFN_DOWN, FFN_INNER -> ffn;
      case ATTENTION_OUT, ATTENTION_INNER -> heads * headWidth();
      case QUERY_NORM, KEY_NORM -> headWidth();
      case EMBEDDING, EMBEDDING_NORM, EMBEDDING_PROJECTION -> embedding;
      default -> hidden;
    };
  }

  /** The width of what leaves {@code point}. */
  public int outputWidth(Point point) {
    return switch (point) {
      case FFN_UP, FFN_GATE, FFN_INNER -> ffn;
      case QUERY, ATTENTION_INNER -> heads * headWidth();
      case KEY, VALUE -> keyValueHeads() * headWidth();
      case QUERY_NORM, KEY_NORM -> headWidth();
      case EMBEDDING, EMBEDDING_NORM -> embedding;
      default -> hidden;
    };
  }
}
