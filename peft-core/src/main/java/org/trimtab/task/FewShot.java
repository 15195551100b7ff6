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
 * A random part of the training examples.
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
   * @throws Invalid for the component that asks, if there are fewer examples than asked for
   */
  public <Y> Split<Y> of(Split<Y> train, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < train.examples().size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    List<Integer> drawn = new ArrayList<>();
    Map<Object, List<Integer>> groups = new LinkedHashMap<>();
    for (int index : order) {
      Object group =
          perClass.isPresent() ? train.examples().get(index).gold().orElseThrow() : "all";
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(index);
    }
    groups.values().forEach(group -> drawn.addAll(first(group, train)));
    Collections.sort(drawn);
    return new Split<>(
        train.name(),
        train.file(),
        train.subset(),
        train.skipped(),
        drawn.stream().map(train.examples()::get).toList());
  }

  private List<Integer> first(List<Integer> group, Split<?> train) {
    int k = examples.or(() -> perClass).orElseThrow();
    if (k > group.size()) {
      throw new Invalid(
          perClass.isPresent() ? "perClass" : "examples",
          "found "
              + k
              + "; allowed up to "
              + group.size()
              + (perClass.isPresent() ? ", a class's examples in " : ", the examples in ")
              + train.file());
    }
    return group.subList(0, k);
  }
}
