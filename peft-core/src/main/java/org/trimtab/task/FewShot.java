package org.trimtab.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.trimtab.json.Check;
import org.trimtab.json.Invalid;

/**
 * A random part of the training examples. Examples of one group, such as the answers to a question,
 * are drawn together and count as one.
 *
 * @param examples K in all
 * @param perClass K of each class
 */
public record FewShot(Optional<Integer> examples, Optional<Integer> perClass) {
  public FewShot {
    Check.all(
        () -> examples.ifPresent(k -> Check.positive("examples", k)),
        () -> perClass.ifPresent(k -> Check.positive("perClass", k)));
    if (examples.isPresent() == perClass.isPresent()) {
      throw new Invalid("examples", "name either examples (K in all) or per_class (K of each)");
    }
  }

  /**
   * The drawn part of {@code train}, in the order of the file.
   *
   * @throws Invalid for the component that asks, if there are fewer examples than asked for, or if
   *     groups have no class
   */
  public <Y> Split<Y> of(Split<Y> train, Random random) {
    List<List<Integer>> units = units(train);
    Collections.shuffle(units, random);
    Map<Object, List<List<Integer>>> classes = new LinkedHashMap<>();
    for (List<Integer> unit : units) {
      Object ofClass = perClass.isPresent() ? classOf(unit, train) : "all";
      classes.computeIfAbsent(ofClass, c -> new ArrayList<>()).add(unit);
    }
    return train.with(
        classes.values().stream()
            .flatMap(ofClass -> first(ofClass, train).stream())
            .flatMap(List::stream)
            .sorted()
            .map(train.examples()::get)
            .toList());
  }

  /** The indices of each group's examples, and of each example that has no group. */
  private static List<List<Integer>> units(Split<?> train) {
    Map<Object, List<Integer>> units = new LinkedHashMap<>();
    for (int i = 0; i < train.examples().size(); i++) {
      String group = train.examples().get(i).origin().group();
      units.computeIfAbsent(group.isEmpty() ? i : group, g -> new ArrayList<>()).add(i);
    }
    return new ArrayList<>(units.values());
  }

  private static Object classOf(List<Integer> unit, Split<?> train) {
    Example<?> example = train.examples().get(unit.get(0));
    if (!example.origin().group().isEmpty()) {
      throw new Invalid(
          "perClass", "the task's examples belong to questions, of no class; allowed examples");
    }
    return example.gold().orElseThrow();
  }

  private List<List<Integer>> first(List<List<Integer>> units, Split<?> train) {
    int k = examples.or(() -> perClass).orElseThrow();
    if (k > units.size()) {
      throw new Invalid(
          perClass.isPresent() ? "perClass" : "examples",
          "found "
              + k
              + "; allowed up to "
              + units.size()
              + (perClass.isPresent() ? ", a class's examples in " : ", the examples in ")
              + train.file());
    }
    return units.subList(0, k);
  }
}
