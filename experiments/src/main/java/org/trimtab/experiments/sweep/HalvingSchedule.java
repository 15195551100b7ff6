package org.trimtab.experiments.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.trimtab.base.Better;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.RungScores;
import org.trimtab.experiments.sweep.plan.SweepConfig;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialOutcome;

/**
 * Asynchronous successive halving (Li et al., 2020, algorithm 2) among the points of each method,
 * task and seed.
 *
 * <p>Which trials go on depends, in the paper, on which worker is done first. Here it doesn't: the
 * decisions are those of a single worker, made anew from what stands in the folders, and all others
 * do what is certain to be needed. So a sweep that was interrupted ends as an undisturbed one.
 */
final class HalvingSchedule implements Schedule {
  private final SweepFolder folder;
  private final int factor;
  private final Map<SweepTrial, Terms> terms = new LinkedHashMap<>();
  private final Map<String, Bracket> brackets = new LinkedHashMap<>();
  private final Set<Scheduled> running = new LinkedHashSet<>();

  /**
   * What a trial runs for.
   *
   * @param epochs of its whole training
   * @param better which of its scores are
   */
  record Terms(int epochs, Better better) {}

  /**
   * A schedule of all trials.
   *
   * @param termsOf each trial
   */
  HalvingSchedule(
      SweepFolder folder,
      SweepPlan plan,
      SweepConfig.Halving halving,
      Function<SweepTrial, Terms> termsOf) {
    this.folder = folder;
    factor = halving.factor();
    for (SweepTrial trial : plan.trials()) {
      Terms own = termsOf.apply(trial);
      terms.put(trial, own);
      brackets
          .computeIfAbsent(trial.bracket(), k -> new Bracket(halving.rungs(own.epochs())))
          .trials
          .add(trial);
    }
  }

  @Override
  public Optional<Scheduled> next() {
    for (Bracket bracket : brackets.values()) {
      for (Scheduled job : bracket.needed()) {
        if (running.stream().noneMatch(r -> r.trial().equals(job.trial()))) {
          running.add(job);
          return Optional.of(job);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void ended(Scheduled job) {
    running.remove(job);
  }

  /**
   * How good a trial's dev score after a rung is, higher being better; the worst where it broke or
   * is undefined; empty where it isn't there yet.
   */
  private OptionalDouble score(Scheduled job) {
    Better better = Optional.ofNullable(terms.get(job.trial())).orElseThrow().better();
    Optional<OptionalDouble> halted =
        RungScores.read(folder.trial(job.trial())).at(job.untilEpoch());
    if (halted.isPresent()) {
      return OptionalDouble.of(better.goodness(halted.get()));
    }
    Optional<TrialOutcome> outcome = folder.outcome(job.trial());
    if (outcome.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!outcome.get().scored()) {
      return OptionalDouble.of(Double.NEGATIVE_INFINITY);
    }
    RunResult result = RunResult.read(folder.trial(job.trial()));
    return OptionalDouble.of(better.goodness(result.mainMetric()));
  }

  /** The trials that compete with each other. */
  private final class Bracket {
    private final List<Integer> rungs;
    private final List<SweepTrial> trials = new ArrayList<>();

    Bracket(List<Integer> rungs) {
      this.rungs = rungs;
    }

    /** What a single worker would do next, and what it would do in any case later. */
    List<Scheduled> needed() {
      Replay replay = new Replay();
      Optional<Scheduled> open = replay.run();
      List<Scheduled> needed = new ArrayList<>(open.stream().toList());
      for (SweepTrial trial : trials.subList(replay.begun, trials.size())) {
        Scheduled first = new Scheduled(trial, rungs.get(0));
        if (score(first).isEmpty()) {
          needed.add(first);
        }
      }
      return needed;
    }

    /** The decisions so far, made anew. */
    private final class Replay {
      private final List<Map<SweepTrial, Double>> done = new ArrayList<>();
      private final List<Set<SweepTrial>> promoted = new ArrayList<>();
      private int begun;

      Replay() {
        rungs.forEach(
            rung -> {
              done.add(new LinkedHashMap<>());
              promoted.add(new LinkedHashSet<>());
            });
      }

      /** Up to the first job whose result isn't there. */
      Optional<Scheduled> run() {
        for (Optional<Integer> rung = decide(); rung.isPresent(); rung = decide()) {
          Scheduled job = new Scheduled(chosen, rungs.get(rung.get()));
          OptionalDouble score = score(job);
          if (score.isEmpty()) {
            return Optional.of(job);
          }
          done.get(rung.get()).put(chosen, score.getAsDouble());
        }
        return Optional.empty();
      }

      private SweepTrial chosen = trials.get(0);

      /** Chooses a trial, and the rung that it is to reach. */
      private Optional<Integer> decide() {
        for (int rung = rungs.size() - 2; rung >= 0; rung--) {
          Optional<SweepTrial> best = promotable(rung);
          if (best.isPresent()) {
            chosen = best.get();
            promoted.get(rung).add(chosen);
            return Optional.of(rung + 1);
          }
        }
        if (begun < trials.size()) {
          chosen = trials.get(begun++);
          return Optional.of(0);
        }
        return Optional.empty();
      }

      /** Of the best 1/η that a rung has seen, the best that hasn't gone on; broken ones never. */
      private Optional<SweepTrial> promotable(int rung) {
        Map<SweepTrial, Double> seen = done.get(rung);
        return seen.entrySet().stream()
            .sorted(Map.Entry.<SweepTrial, Double>comparingByValue().reversed())
            .limit(seen.size() / factor)
            .filter(e -> e.getValue() > Double.NEGATIVE_INFINITY)
            .map(Map.Entry::getKey)
            .filter(trial -> !promoted.get(rung).contains(trial))
            .findFirst();
      }
    }
  }
}
