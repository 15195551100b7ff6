package org.trimtab.experiments.sweep.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.experiments.config.YamlFile;

/**
 * A sweep file: every method on every task with every seed, and every value of the grid.
 *
 * @param methods experiment files that say how to tune, or names of shipped ones; the file's name
 *     is the method's
 * @param tasks experiment files that say on what, or names of shipped ones
 * @param seeds one trial each
 * @param set keys that all trials have, such as {@code train.epochs}
 * @param grid keys with the values that each takes, in all combinations
 * @param perMethod further ones of single methods
 * @param search random values in place of a grid's; each combination of the grid gets all of them
 * @param halving which trials are trained to their end; absent: all
 * @param workers who runs the trials
 * @param reference the method that the others are compared with; absent: head-only, or the first
 */
public record SweepConfig(
    List<Path> methods,
    List<Path> tasks,
    List<Long> seeds,
    Map<String, String> set,
    Map<String, List<String>> grid,
    Map<String, MethodSettings> perMethod,
    Optional<Search> search,
    Optional<Halving> halving,
    Workers workers,
    Optional<String> reference) {
  private static final String HEAD_ONLY = "head-only";

  /** Beyond these a number is a slip, and would take the machine down. */
  private static final int MOST_THREADS = 1024;

  private static final int MOST_TRIALS = 100_000;

  public SweepConfig {
    Check.all(
        () -> requireNames("methods", methods),
        () -> requireNames("tasks", tasks),
        () -> Check.notEmpty("seeds", seeds),
        () -> Check.distinct("seeds", seeds),
        () -> grid.forEach((key, values) -> Check.notEmpty("grid." + key, values)),
        () -> perMethod.keySet().forEach(name -> requireMethod("perMethod." + name, name, methods)),
        () -> new SweepKeys(set, grid, perMethod, search).require(),
        () -> reference.ifPresent(name -> requireMethod("reference", name, methods)));
  }

  /** Settings of one method alone. */
  public record MethodSettings(
      Optional<Map<String, String>> set, Optional<Map<String, List<String>>> grid) {}

  /**
   * Random search.
   *
   * @param trials how many points are drawn; all methods, tasks and seeds get the same
   * @param seed of the draws
   * @param space a distribution for each key
   */
  public record Search(int trials, long seed, Map<String, Distribution> space) {
    public Search {
      Check.all(
          () -> Check.between("trials", trials, 1, MOST_TRIALS),
          () -> Check.notEmpty("space", space.keySet()));
    }
  }

  /**
   * Successive halving as ASHA has it (Li et al., 2020, algorithm 2): all points of a method on a
   * task with a seed are trained for some epochs, and the best go on.
   *
   * @param epochs up to the first decision
   * @param factor η: of so many, one goes on, to so many times the epochs
   */
  public record Halving(int epochs, int factor) {
    public Halving {
      Check.all(
          () -> Check.positive("epochs", epochs), () -> Check.between("factor", factor, 2, 100));
    }

    /** The epochs of each rung of {@code whole} ones; the last one is the whole training, 0. */
    public List<Integer> rungs(int whole) {
      List<Integer> rungs = new ArrayList<>();
      for (long until = epochs; until < whole; until *= factor) {
        rungs.add((int) until);
      }
      rungs.add(0);
      return rungs;
    }

    /**
     * Refuses a halving in which no trial would reach its end.
     *
     * @param whole epochs of a trial's whole training
     * @throws Invalid for {@code halving}
     */
    void requireSurvivor(int points, int whole) {
      long needed = 1;
      for (int rung = 1; rung < rungs(whole).size(); rung++) {
        needed *= factor;
      }
      if (points < needed) {
        throw new Invalid(
            "halving",
            "found "
                + points
                + " points of a method for "
                + whole
                + " epochs, of which none would reach its end; allowed at least "
                + needed
                + " points, or more epochs before the first decision");
      }
    }
  }

  /**
   * The local worker processes.
   *
   * @param count absent: as many as the processors allow
   * @param threads that each computes with
   * @param memory MiB that each may have resident; absent: no bound
   * @param retries how often a trial is tried again whose process was lost
   */
  public record Workers(
      Optional<Integer> count, int threads, Optional<Integer> memory, int retries) {
    public Workers {
      Check.all(
          () -> count.ifPresent(n -> Check.positive("count", n)),
          () -> Check.between("threads", threads, 1, MOST_THREADS),
          () -> memory.ifPresent(n -> Check.positive("memory", n)),
          () -> Check.notNegative("retries", retries));
    }

    /** How many processes there are. */
    public int processes() {
      return count.orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / threads));
    }
  }

  /** The name of the method that the others are compared with. */
  public String referenceMethod() {
    List<String> names = methods.stream().map(YamlFile::name).toList();
    return reference.orElse(names.contains(HEAD_ONLY) ? HEAD_ONLY : names.get(0));
  }

  /** The same with the files that its methods and tasks are. */
  SweepConfig withFiles(List<Path> methods, List<Path> tasks) {
    return new SweepConfig(
        methods, tasks, seeds, set, grid, perMethod, search, halving, workers, reference);
  }

  private static void requireNames(String key, List<Path> files) {
    Check.notEmpty(key, files);
    Check.distinct(key, files.stream().map(YamlFile::name).toList());
  }

  private static void requireMethod(String key, String name, List<Path> methods) {
    List<String> names = methods.stream().map(YamlFile::name).toList();
    if (!names.contains(name)) {
      throw new Invalid(
          key, "no such method; found " + name + "; allowed " + String.join(", ", names));
    }
  }
}
