package org.trimtab.task.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.trimtab.task.BenchmarkIds.Candidate;

/** Metrics over groups of examples, each the mean over the groups; NaN where there are none. */
final class GroupMetrics {
  private GroupMetrics() {}

  /** The share of questions of which every answer is judged right (Khashabi et al., 2018). */
  static double exactMatch(List<Judged<Integer>> judged) {
    return mean(judged, group -> share(group.stream().allMatch(GroupMetrics::right)));
  }

  /** The F1 over both classes of each question's answers (MultiRC's F1m). */
  static double f1OfQuestions(List<Judged<Integer>> judged) {
    return mean(
        judged,
        group -> ClassificationMetrics.macroF1(Metrics.gold(group), Metrics.predicted(group)));
  }

  /**
   * The share of minimal pairs that are predicted alike, whatever is right (Winogender; Rudinger et
   * al., 2018).
   */
  static double parity(List<Judged<Integer>> judged) {
    return mean(
        judged, group -> share(group.stream().map(Judged::predicted).distinct().count() == 1));
  }

  /** Whether the text that was given is one of the right ones, normalised as SQuAD does. */
  static double exactText(List<Judged<Integer>> judged) {
    return mean(judged, group -> best(group, AnswerText::exact));
  }

  /** The F1 of the given text's tokens and those of the right text that it fits best. */
  static double f1OfTokens(List<Judged<Integer>> judged) {
    return mean(judged, group -> best(group, AnswerText::f1));
  }

  private interface Likeness {
    double of(AnswerText given, AnswerText right);
  }

  private static double best(List<Judged<Integer>> group, Likeness likeness) {
    Candidate given =
        group.stream()
            .filter(judged -> judged.predicted() == 1)
            .map(judged -> judged.example().origin().candidate().orElseThrow())
            .findFirst()
            .orElseThrow();
    return given.answers().stream()
        .mapToDouble(right -> likeness.of(AnswerText.of(given.text()), AnswerText.of(right)))
        .max()
        .orElse(0);
  }

  private static double mean(
      List<Judged<Integer>> judged, ToDoubleFunction<List<Judged<Integer>>> ofGroup) {
    return groups(judged).stream().mapToDouble(ofGroup).average().orElse(Double.NaN);
  }

  private static Collection<List<Judged<Integer>>> groups(List<Judged<Integer>> judged) {
    Map<String, List<Judged<Integer>>> groups = new LinkedHashMap<>();
    for (Judged<Integer> one : judged) {
      String group = one.example().origin().group();
      if (!group.isEmpty()) {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(one);
      }
    }
    return groups.values();
  }

  private static boolean right(Judged<Integer> judged) {
    return judged.gold().equals(judged.predicted());
  }

  private static double share(boolean holds) {
    return holds ? 1 : 0;
  }
}
