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
  private static final Map<String, String> AMONG =
      Map.of(
          "examples", ", the examples in ",
          "perClass", ", a class's examples in ",
          "dev", ", the examples that are left in ");

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
   * @throws Invalid for the component that asks, if there are fewer examples than asked for, or if
   *     groups have no class
   */
  public <Y> Drawn<Y> draw(Split<Y> train, Random random) {
    List<List<Integer>> units = new ArrayList<>(train.units());
    Collections.shuffle(units, random);
    Map<Object, List<List<Integer>>> classes = new LinkedHashMap<>();
    for (List<Integer> unit : units) {
      Object ofClass = perClass.isPresent() ? classOf(unit, train) : "all";
      classes.computeIfAbsent(ofClass, c -> new ArrayList<>()).add(unit);
    }
    String asks = perClass.isPresent() ? "perClass" : "examples";
    int k = examples.or(() -> perClass).orElseThrow();
    List<List<Integer>> drawn =
        classes.values().stream()
            .flatMap(ofClass -> first(k, asks, ofClass, train).stream())
            .toList();
    List<List<Integer>> left = new ArrayList<>(units);
    left.removeAll(Set.copyOf(drawn));
    return new Drawn<>(
        part(drawn, train), dev.map(n -> part(first(n, "dev", left, train), train).named("dev")));
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
      int k, String asks, List<List<Integer>> units, Split<?> train) {
    if (k > units.size()) {
      throw new Invalid(
          asks, "found " + k + "; allowed up to " + units.size() + AMONG.get(asks) + train.file());
    }
    return units.subList(0, k);
  }

  private static <Y> Split<Y> part(List<List<Integer>> units, Split<Y> train) {
    return train.with(
        units.stream().flatMap(List::stream).sorted().map(train.examples()::get).toList());
  }
}
