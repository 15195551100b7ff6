package org.trimtab.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.trimtab.tokenizer.Encoding;

/** Groups examples of similar length, so that little of a batch is padding. */
public final class Batches {
  /** How many batches' worth of shuffled examples are sorted by length together. */
  private static final int BUCKET = 50;

  private Batches() {}

  /** All examples once, in an order drawn from {@code random}. */
  public static List<Batch> shuffled(List<Encoding> examples, int size, Random random) {
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
  public static List<Batch> ordered(List<Encoding> examples, int size) {
    return byLength(examples, indices(examples), size);
  }

  private static List<Integer> indices(List<Encoding> examples) {
    return new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
  }

  private static List<Batch> byLength(List<Encoding> examples, List<Integer> part, int size) {
    List<Integer> sorted = new ArrayList<>(part);
    sorted.sort(Comparator.comparingInt(i -> examples.get(i).ids().length));
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += size) {
      batches.add(
          pad(examples, List.copyOf(sorted.subList(from, Math.min(sorted.size(), from + size)))));
    }
    return batches;
  }

  /** Padding is id 0, segment 0; the mask hides it. */
  private static Batch pad(List<Encoding> examples, List<Integer> indices) {
    int[] lengths = indices.stream().mapToInt(i -> examples.get(i).ids().length).toArray();
    int width = IntStream.of(lengths).max().orElseThrow();
    long[][] ids =
        indices.stream()
            .map(i -> Arrays.copyOf(examples.get(i).ids(), width))
            .toArray(long[][]::new);
    long[][] types =
        indices.stream()
            .map(i -> Arrays.copyOf(examples.get(i).types(), width))
            .toArray(long[][]::new);
    List<String> texts = indices.stream().map(i -> examples.get(i).text()).toList();
    return new Batch(indices, texts, ids, types, lengths);
  }
}
