package org.trimtab.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.trimtab.tokenizer.Encoding;

/**
 * Groups examples of similar length, so that little of a batch is padding. An example is a list of
 * rows, which stay together.
 */
public final class Batches {
  /** How many batches' worth of shuffled examples are sorted by length together. */
  private static final int BUCKET = 50;

  private Batches() {}

  /** All examples once, in an order drawn from {@code random}. */
  public static List<Batch> shuffled(List<List<Encoding>> examples, int size, Random random) {
    List<Integer> order = indices(examples);
    Collections.shuffle(order, random);
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += size * BUCKET) {
      List<Integer> bucket = order.subList(from, Math.min(order.size(), from + size * BUCKET));
      batches.addAll(byLength(examples, bucket, size));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** All examples once, the short ones first. */
  public static List<Batch> ordered(List<List<Encoding>> examples, int size) {
    return byLength(examples, indices(examples), size);
  }

  private static List<Integer> indices(List<List<Encoding>> examples) {
    return new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
  }

  private static List<Batch> byLength(List<List<Encoding>> examples, List<Integer> part, int size) {
    List<Integer> sorted = new ArrayList<>(part);
    sorted.sort(Comparator.comparingInt(i -> width(examples.get(i))));
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += size) {
      batches.add(
          pad(examples, List.copyOf(sorted.subList(from, Math.min(sorted.size(), from + size)))));
    }
    return batches;
  }

  private static int width(List<Encoding> rows) {
    return rows.stream().mapToInt(Encoding::length).max().orElseThrow();
  }

  /** Padding is id 0, segment 0; the mask hides it. */
  private static Batch pad(List<List<Encoding>> examples, List<Integer> indices) {
    List<Encoding> rows = indices.stream().flatMap(i -> examples.get(i).stream()).toList();
    int width = width(rows);
    return new Batch(
        indices,
        rows.stream().map(Encoding::text).toList(),
        rows.stream().map(row -> Arrays.copyOf(row.ids(), width)).toArray(long[][]::new),
        rows.stream().map(row -> Arrays.copyOf(row.types(), width)).toArray(long[][]::new),
        rows.stream().mapToInt(Encoding::length).toArray(),
        rows.stream().map(Encoding::spans).toList());
  }
}
