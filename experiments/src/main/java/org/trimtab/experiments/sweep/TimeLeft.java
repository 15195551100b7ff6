package org.trimtab.experiments.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.sweep.plan.SweepTrial;

/** How long a sweep will still take: by what its trials took so far, before that by estimates. */
public final class TimeLeft {
  private final Estimates estimates;
  private final Map<String, List<Double>> taken = new LinkedHashMap<>();

  public TimeLeft(Estimates estimates) {
    this.estimates = estimates;
  }

  /** A trial has ended. */
  public void ended(SweepTrial trial, double seconds) {
    for (String kind : kinds(trial)) {
      taken.computeIfAbsent(kind, k -> new ArrayList<>()).add(seconds);
    }
  }

  /** Of a trial: the mean of the likest ones that have ended, or its estimate. */
  public OptionalDouble seconds(SweepTrial trial) {
    OptionalDouble like = mean(kinds(trial).get(0));
    if (like.isPresent()) {
      return like;
    }
    OptionalDouble estimate = estimates.seconds(trial);
    return estimate.isPresent()
        ? estimate
        : kinds(trial).stream()
            .map(this::mean)
            .filter(OptionalDouble::isPresent)
            .findFirst()
            .orElse(OptionalDouble.empty());
  }

  private OptionalDouble mean(String kind) {
    return taken.getOrDefault(kind, List.of()).stream().mapToDouble(s -> s).average();
  }

  /** The likest first. */
  private static List<String> kinds(SweepTrial trial) {
    return List.of(trial.row() + " on " + trial.task(), "task " + trial.task(), "all");
  }
}
