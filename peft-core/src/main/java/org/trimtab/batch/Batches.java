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
   * @param gold of each example
   */
  public static <Y> List<Labelled<Y>> shuffled(
      List<List<Encoding>> examples, List<Y> gold, int size, Random random) {
    List<Integer> order = indices(examples);
    Collections.shuffle(order, random);
    List<Batch> batches = new ArrayList<>();
    int width = (int) Math.min(order.size(), (long) size * BUCKET);
    for (int from = 0; from < order.size(); from += width) {
      List<Integer> bucket = order.subList(from, Math.min(order.size(), from + width));
      batches.addAll(byLength(examples, bucket, size));
    }
    Collections.shuffle(batches, random);
    return batches.stream().map(batch -> labelled(batch, gold)).toList();
  }

  /** All examples once, the short ones first. */
  public static List<Batch> ordered(List<List<Encoding>> examples, int size) {
    return byLength(examples, indices(examples), size);
  }

  private static <Y> Labelled<Y> labelled(Batch batch, List<Y> gold) {
    return new Labelled<>(batch, batch.indices().stream().map(gold::get).toList());
  }

  private static List<Integer> indices(List<List<Encoding>> examples) {
    return new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
  }

  private static List<Batch> byLength(List<List<Encoding>> examples, List<Integer> part, int size) {
    List<Integer> sorted = new ArrayList<>(part);
    sorted.sort(Comparator.comparingInt(i -> Batch.width(examples.get(i))));
    List<Batch> batches = new ArrayList<>();
    int width = Math.min(sorted.size(), size);
    for (int from = 0; from < sorted.size(); from += width) {
      List<Integer> own = List.copyOf(sorted.subList(from, Math.min(sorted.size(), from + width)));
      batches.add(new Batch(own, own.stream().map(examples::get).toList()));
    }
    return batches;
  }
}
