package org.trimtab.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A part of a task's data.
 *
 * @param name such as {@code train} or {@code dev}
 * @param file where it was read
 * @param subset whether the file holds only a part of the official split
 * @param skipped where rows stand that were too short to be read
 */
public record Split<Y>(
    String name, Path file, boolean subset, List<String> skipped, List<Example<Y>> examples) {
  /** The same examples under another name. */
  public Split<Y> named(String other) {
    return new Split<>(other, file, subset, skipped, examples);
  }

  /** The first {@code n} examples, and what else belongs to the last one's group. */
  public Split<Y> first(int n) {
    int end = Math.min(n, examples.size());
    while (end > 0 && end < examples.size() && sameGroup(end - 1, end)) {
      end++;
    }
    return with(examples.subList(0, end));
  }

  private boolean sameGroup(int one, int other) {
    String group = examples.get(one).origin().group();
    return !group.isEmpty() && group.equals(examples.get(other).origin().group());
  }

  /** The same part with {@code others}. */
  public Split<Y> with(List<Example<Y>> others) {
    return new Split<>(name, file, subset, skipped, others);
  }

  /** The indices of each group's examples, and of each example that has no group. */
  public List<List<Integer>> units() {
    Map<Object, List<Integer>> units = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      String group = examples.get(i).origin().group();
      units.computeIfAbsent(group.isEmpty() ? i : group, g -> new ArrayList<>()).add(i);
    }
    return List.copyOf(units.values());
  }

  /**
   * The classes of which this has no example, by their words.
   *
   * @param words of all classes, in their order; empty where gold values are no classes
   */
  public List<String> absent(List<String> words) {
    Set<Object> there =
        examples.stream().flatMap(e -> e.gold().stream()).collect(Collectors.toSet());
    return IntStream.range(0, words.size())
        .filter(i -> !there.contains(i))
        .mapToObj(words::get)
        .toList();
  }

  /** The gold values, of a split in which each example has one. */
  public List<Y> gold() {
    return examples.stream().map(e -> e.gold().orElseThrow()).toList();
  }
}
