package org.trimtab.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.trimtab.json.Check;
import org.trimtab.json.Invalid;

/**
 * A random part of the training examples, and another one as dev set, as UniPELT's low-data
 * experiments draw them (Mao et al., 2022, section 4.1).
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
   * @throws Invalid for the component that asks, if there are fewer examples than asked for
   */
  public <Y> Drawn<Y> draw(Split<Y> train, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < train.examples().size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    List<Integer> drawn = drawn(order, train);
    List<Integer> left = new ArrayList<>(order);
    left.removeAll(Set.copyOf(drawn));
    return new Drawn<>(
        part(train.name(), drawn, train),
        dev.map(k -> part("dev", first(k, "dev", left, train), train)));
  }

  private List<Integer> drawn(List<Integer> order, Split<?> train) {
    List<Integer> drawn = new ArrayList<>();
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int index : order) {
      Object group =
          perClass.isPresent() ? train.examples().get(index).gold().orElseThrow() : "all";
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(index);
    }
    String asks = perClass.isPresent() ? "perClass" : "examples";
    int k = examples.or(() -> perClass).orElseThrow();
    groups.values().forEach(group -> drawn.addAll(first(k, asks, group, train)));
    return drawn;
  }

  private static List<Integer> first(int k, String asks, List<Integer> group, Split<?> train) {
    if (k > group.size()) {
      throw new Invalid(
          asks, "found " + k + "; allowed up to " + group.size() + AMONG.get(asks) + train.file());
    }
    return group.subList(0, k);
  }

  private static <Y> Split<Y> part(String name, List<Integer> indices, Split<Y> train) {
    return new Split<>(
        name,
        train.file(),
        train.subset(),
        train.skipped(),
        indices.stream().sorted().map(train.examples()::get).toList());
  }
}
