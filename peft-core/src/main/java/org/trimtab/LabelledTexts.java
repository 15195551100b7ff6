package org.trimtab;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.trimtab.base.Sha256;
import org.trimtab.base.UserError;
import org.trimtab.task.read.Range;
import org.trimtab.tokenizer.Texts;

/**
 * Texts, or pairs of them, each with what is to be predicted of it.
 *
 * @param texts one for each example
 * @param gold the class of each, or its number as {@link Double#toString} writes it
 * @param range of the numbers; empty where gold values are classes
 */
public record LabelledTexts(List<Texts> texts, List<String> gold, Optional<Range> range) {
  /**
   * Checks that there is one gold value for each text.
   *
   * @throws UserError if there isn't, or if there is no text at all
   */
  public LabelledTexts {
    texts = List.copyOf(texts);
    gold = List.copyOf(gold);
    requireSame("gold values", gold.size(), texts.size());
    if (texts.isEmpty()) {
      throw new UserError("found no text; allowed one or more");
    }
  }

  /** Texts with their classes. */
  public static LabelledTexts of(List<String> texts, List<String> labels) {
    return new LabelledTexts(single(texts), labels, Optional.empty());
  }

  /** Pairs of texts with their classes. */
  public static LabelledTexts ofPairs(List<String> texts, List<String> pairs, List<String> labels) {
    return new LabelledTexts(paired(texts, pairs), labels, Optional.empty());
  }

  /** Texts with a number each, which lies in {@code range}: a regression. */
  public static LabelledTexts scored(List<String> texts, List<Double> numbers, Range range) {
    return new LabelledTexts(single(texts), written(numbers), Optional.of(range));
  }

  /** Pairs of texts with a number each, which lies in {@code range}: a regression. */
  public static LabelledTexts scoredPairs(
      List<String> texts, List<String> pairs, List<Double> numbers, Range range) {
    return new LabelledTexts(paired(texts, pairs), written(numbers), Optional.of(range));
  }

  static List<Texts> single(List<String> texts) {
    return texts.stream().map(text -> new Texts(text, Optional.empty())).toList();
  }

  static List<Texts> paired(List<String> texts, List<String> pairs) {
    requireSame("second texts", pairs.size(), texts.size());
    return IntStream.range(0, texts.size())
        .mapToObj(i -> new Texts(texts.get(i), Optional.of(pairs.get(i))))
        .toList();
  }

  private static List<String> written(List<Double> numbers) {
    return numbers.stream().map(number -> Double.toString(number)).toList();
  }

  private static void requireSame(String what, int found, int texts) {
    if (found != texts) {
      throw new UserError("found " + found + " " + what + " for " + texts + " texts");
    }
  }

  /** How many examples there are. */
  public int size() {
    return texts.size();
  }

  /** Its classes, in the order of their first example. */
  public List<String> classes() {
    return range.isPresent() ? List.of() : gold.stream().distinct().toList();
  }

  /**
   * What is to be trained on, and what the trained states are compared on.
   *
   * @param dev drawn of the same examples
   */
  public record Parts(LabelledTexts train, LabelledTexts dev) {}

  /**
   * Two parts, drawn at random.
   *
   * @param share of the examples that is dev, between 0 and 1; at least one example
   * @throws UserError if that leaves no example to train on
   */
  public Parts split(double share, Random random) {
    int dev = (int) Math.max(1, Math.round(share * size()));
    if (!(share > 0 && share < 1) || dev >= size()) {
      throw new UserError(
          "a dev part of "
              + share
              + " of "
              + size()
              + " texts; allowed one that leaves texts to"
              + " train on");
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
    Collections.shuffle(order, random);
    return new Parts(part(order.subList(dev, size())), part(order.subList(0, dev)));
  }

  private LabelledTexts part(List<Integer> drawn) {
    List<Integer> ordered = drawn.stream().sorted().toList();
    return new LabelledTexts(
        ordered.stream().map(texts::get).toList(), ordered.stream().map(gold::get).toList(), range);
  }

  /** Of all texts and gold values. */
  String sha256() {
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      parts.add(bytes(texts.get(i).text()));
      parts.add(bytes(texts.get(i).pair().map(pair -> "+" + pair).orElse("")));
      parts.add(bytes(gold.get(i)));
    }
    return Sha256.ofParts(parts);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
