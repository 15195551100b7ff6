package org.trimtab.experiments.sweep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;

/** Every trial that hasn't ended, in the order of the plan, to its end. */
final class InOrder implements Schedule {
  private final Deque<SweepTrial> open = new ArrayDeque<>();

  InOrder(SweepFolder folder, SweepPlan plan) {
    plan.trials().stream().filter(t -> folder.outcome(t).isEmpty()).forEach(open::add);
  }

  @Override
  public Optional<Scheduled> next() {
    return Optional.ofNullable(open.poll()).map(trial -> new Scheduled(trial, 0));
  }

  @Override
  public void ended(Scheduled job) {}
}
