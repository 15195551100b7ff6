package org.trimtab.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;

/**
 * A random part of the training examples, and another one as dev set, as UniPELT's low-data
 * experiments draw them (Mao et al., 2022, section 4.1). Examples of one group, such as the answers
 * to a question, are drawn together and count as one.
 *
 * @param examples K in all
 * @param perClass K of each class
 * @param dev how many of those that are left are the dev set; the task's own one is then a further
 *     one, which has played no part in choosing the model
 */
public record FewShot(
    Optional<Integer> examples, Optional<Integer> perClass, Optional<Integer> dev) {
  private static final String LEFT = "the examples that are left";

  public FewShot {
    Check.all(
        () -> examples.ifPresent(k -> Check.positive("examples", k)),
        () -> perClass.ifPresent(k -> Check.positive("perClass", k)),
        () -> dev.ifPresent(k -> Check.positive("dev", k)));
    if (examples.isPresent() == perClass.isPresent()) {
      throw new Invalid("examples", "name either examples (K in all) or per_class (K of each)");
    }
  }

  /** A part without a dev set. */
  public FewShot(Optional<Integer> examples, Optional<Integer> perClass) {
    this(examples, perClass, Optional.empty());
  }

  /**
   * What was drawn.
   *
   * @param dev of the examples that {@code train} left
   */
  public record Drawn<Y>(Split<Y> train, Optional<Split<Y>> dev) {}

  /**
   * The drawn parts of {@code train}, in the order of the file.
   *
   * @param words of the task's classes, in their order; empty where it has none
   * @throws Invalid for the component that asks, if there are fewer examples than asked for, or if
   *     groups have no class
   */
  public <Y> Drawn<Y> draw(Split<Y> train, List<String> words, Random random) {
    List<List<Integer>> units = new ArrayList<>(train.units());
    Collections.shuffle(units, random);
    Map<Object, List<List<Integer>>> classes = new LinkedHashMap<>();
    for (List<Integer> unit : units) {
      Object ofClass = perClass.isPresent() ? classOf(unit, train) : "all";
      classes.computeIfAbsent(ofClass, c -> new ArrayList<>()).add(unit);
    }
    perClass.ifPresent(k -> requireEach(k, words, classes, train));
    List<List<Integer>> drawn = drawn(classes, train);
    List<List<Integer>> left = new ArrayList<>(units);
    left.removeAll(Set.copyOf(drawn));
    return new Drawn<>(
        part(drawn, train),
        dev.map(n -> part(first(n, "dev", LEFT, left, train), train).named("dev")));
  }

  private List<List<Integer>> drawn(Map<Object, List<List<Integer>>> classes, Split<?> train) {
    String asks = perClass.isPresent() ? "perClass" : "examples";
    String among = perClass.isPresent() ? "a class's examples" : "the examples";
    int k = examples.or(() -> perClass).orElseThrow();
    return classes.values().stream()
        .flatMap(ofClass -> first(k, asks, among, ofClass, train).stream())
        .toList();
  }

  /** Each class, the ones without any example too, has as many as are asked for. */
  private static void requireEach(
      int k, List<String> words, Map<Object, List<List<Integer>>> classes, Split<?> train) {
    for (int i = 0; i < words.size(); i++) {
      String among = "the examples of the class '" + words.get(i) + "'";
      first(k, "perClass", among, classes.getOrDefault(i, List.of()), train);
    }
  }

  private static Object classOf(List<Integer> unit, Split<?> train) {
    Example<?> example = train.examples().get(unit.get(0));
    if (!example.origin().group().isEmpty()) {
      throw new Invalid(
          "perClass", "the task's examples belong to questions, of no class; allowed examples");
    }
    return example.gold().orElseThrow();
  }

  private static List<List<Integer>> first(
      int k, String asks, String among, List<List<Integer>> units, Split<?> train) {
    if (k > units.size()) {
      throw new Invalid(
          asks,
          "found " + k + "; allowed up to " + units.size() + ", " + among + " in " + train.file());
    }
    return units.subList(0, k);
  }

  private static <Y> Split<Y> part(List<List<Integer>> units, Split<Y> train) {
    return train.with(
        units.stream().flatMap(List::stream).sorted().map(train.examples()::get).toList());
  }
}
