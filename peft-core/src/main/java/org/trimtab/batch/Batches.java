package org.trimtab.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.trimtab.tokenizer.Encoding;

/**
 * Groups examples of similar length, so that little of a batch is padding. An example is a list of
 * choices, which stay together.
 */
public final class Batches {
  /** How many batches' worth of shuffled examples are sorted by length together. */
  private static final int BUCKET = 50;

  private Batches() {}

  /**
   * All examples once, in an order drawn from {@code random}.
   *
   * <p>Where tokens are bounded, those of one length are drawn from all examples, so that every
   * epoch has as many batches.
   *
   * @param gold of each example
   */
  public static <Y> List<Labelled<Y>> shuffled(
      List<List<Encoding>> examples, List<Y> gold, BatchSize size, Random random) {
    List<Integer> order = indices(examples);
    Collections.shuffle(order, random);
    List<Batch> batches = new ArrayList<>();
    int width =
        size.tokens().isPresent()
            ? order.size()
            : (int) Math.min(order.size(), (long) size.examples() * BUCKET);
    for (int from = 0; from < order.size(); from += width) {
      List<Integer> bucket = order.subList(from, Math.min(order.size(), from + width));
      batches.addAll(byLength(examples, bucket, size));
    }
    Collections.shuffle(batches, random);
    return batches.stream().map(batch -> labelled(batch, gold)).toList();
  }

  /** All examples once, the short ones first. */
  public static List<Batch> ordered(List<List<Encoding>> examples, BatchSize size) {
    return byLength(examples, indices(examples), size);
  }

  /** The share of all places in {@code batches} that are padding, from 0 to 1. */
  public static double padding(List<Batch> batches) {
    long places = 0;
    long tokens = 0;
    for (Batch batch : batches) {
      for (Encoding text : batch.choices()) {
        places += batch.width();
        tokens += text.length();
      }
    }
    return places == 0 ? 0 : (double) (places - tokens) / places;
  }

  private static <Y> Labelled<Y> labelled(Batch batch, List<Y> gold) {
    return new Labelled<>(batch, batch.indices().stream().map(gold::get).toList());
  }

  private static List<Integer> indices(List<List<Encoding>> examples) {
    return new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
  }

  /** Of examples of one length, those of fewer choices come first where tokens are bounded. */
  private static List<Batch> byLength(
      List<List<Encoding>> examples, List<Integer> part, BatchSize size) {
    List<Integer> sorted = new ArrayList<>(part);
    Comparator<Integer> length = Comparator.comparingInt(i -> Batch.width(examples.get(i)));
    sorted.sort(
        size.tokens().isPresent() ? length.thenComparing(i -> examples.get(i).size()) : length);
    List<Batch> batches = new ArrayList<>();
    List<Integer> own = new ArrayList<>();
    List<List<Encoding>> texts = new ArrayList<>();
    for (int index : sorted) {
      if (!size.holds(texts, examples.get(index))) {
        batches.add(new Batch(List.copyOf(own), List.copyOf(texts)));
        own.clear();
        texts.clear();
      }
      own.add(index);
      texts.add(examples.get(index));
    }
    if (!own.isEmpty()) {
      batches.add(new Batch(List.copyOf(own), List.copyOf(texts)));
    }
    return batches;
  }
}
