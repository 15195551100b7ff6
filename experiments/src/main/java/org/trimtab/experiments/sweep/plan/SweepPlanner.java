package org.trimtab.experiments.sweep.plan;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.config.Loaded;
import org.trimtab.config.Setting;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.config.YamlFile;
import org.trimtab.experiments.trial.Runner;
import org.trimtab.experiments.trial.input.InputFiles;

/** Makes a sweep's trials, each with all of its settings, from the files that it names. */
public final class SweepPlanner {
  private static final int MESSAGES = 20;
  private final SweepFiles sweeps;
  private final ExperimentFiles experiments;
  private final Runner runner;

  @Inject
  public SweepPlanner(SweepFiles sweeps, ExperimentFiles experiments, Runner runner) {
    this.sweeps = sweeps;
    this.experiments = experiments;
    this.runner = runner;
  }

  /** A trial before it is known what it reads. */
  private record Wish(Path method, Path task, Map<String, String> point, long seed) {}

  /**
   * The plan of {@code file}; it opens all that the trials read.
   *
   * @param sets the command line's, over every trial
   * @param data the folder that stands for {@code ${TRIMTAB_DATA}}
   * @throws UserError with what is wrong in any of the trials
   */
  public SweepPlan.Resolved plan(Path file, List<String> sets, Optional<Path> data) {
    SweepConfig config = sweeps.load(file);
    Map<String, SweepTrial> trials = new LinkedHashMap<>();
    Map<String, ExperimentConfig> configs = new LinkedHashMap<>();
    Set<String> refusals = new LinkedHashSet<>();
    List<Wish> wishes = wishes(config);
    SweepKeys.requireFree(sets, wishes.stream().map(Wish::point).distinct().toList());
    Duplicates duplicates = new Duplicates();
    try (InputFiles files = new InputFiles()) {
      for (Wish wish : wishes) {
        try {
          Loaded<ExperimentConfig> loaded =
              experiments.read(
                  List.of(wish.task(), wish.method()), settings(file, config, wish, sets), data);
          requireNoSeeds(loaded);
          ExperimentConfig ofSeed = loaded.value().withSeed(wish.seed());
          SweepTrial trial = trial(wish, loaded, ofSeed, files);
          SweepTrial before = trials.putIfAbsent(trial.id(), trial);
          if (before == null) {
            configs.put(trial.id(), ofSeed);
          } else {
            duplicates.add(trial, before);
          }
        } catch (UserError e) {
          String.valueOf(e.getMessage()).lines().forEach(refusals::add);
        }
      }
    }
    requireNone(refusals);
    List<SweepTrial> kept = List.copyOf(trials.values());
    duplicates.requireOwn(file.toString(), "methods", kept, SweepTrial::method);
    duplicates.requireOwn(file.toString(), "tasks", kept, SweepTrial::task);
    requireOneMetric(file, kept, configs);
    config.halving().ifPresent(halving -> requireSurvivors(file, halving, trials, configs));
    SweepPlan plan =
        new SweepPlan(name(file), config.referenceMethod(), varied(wishes), config.halving(), kept);
    return new SweepPlan.Resolved(plan, config, configs, duplicates.lines());
  }

  /**
   * A table's column, a halving and every test compare the scores of a task: they must be of one.
   */
  private static void requireOneMetric(
      Path file, List<SweepTrial> trials, Map<String, ExperimentConfig> configs) {
    Map<String, Map<String, SweepTrial>> metrics = new LinkedHashMap<>();
    for (SweepTrial trial : trials) {
      ExperimentConfig config = Optional.ofNullable(configs.get(trial.id())).orElseThrow();
      metrics
          .computeIfAbsent(trial.task(), t -> new LinkedHashMap<>())
          .putIfAbsent(config.task().create().mainMetric(), trial);
    }
    metrics.forEach(
        (task, firsts) -> {
          if (firsts.size() > 1) {
            throw new UserError(
                "%s: task.main_metric: the trials of a task are compared by one metric; found %s; allowed one for all of %s, such as by 'set', or a task file for each"
                    .formatted(
                        file,
                        firsts.entrySet().stream()
                            .map(e -> e.getKey() + " (" + e.getValue().label() + ")")
                            .collect(Collectors.joining(", ")),
                        task));
          }
        });
  }

  private static void requireSurvivors(
      Path file,
      SweepConfig.Halving halving,
      Map<String, SweepTrial> trials,
      Map<String, ExperimentConfig> configs) {
    Map<String, List<SweepTrial>> brackets =
        trials.values().stream().collect(Collectors.groupingBy(SweepTrial::bracket));
    for (List<SweepTrial> bracket : brackets.values()) {
      ExperimentConfig config = Optional.ofNullable(configs.get(bracket.get(0).id())).orElseThrow();
      try {
        requireEvaluationsOfEpochs(config);
        halving.requireSurvivor(bracket.size(), config.train().epochs());
      } catch (Invalid e) {
        throw new UserError(file + ": " + e.told(), e);
      }
    }
  }

  private static void requireEvaluationsOfEpochs(ExperimentConfig config) {
    if (config.train().evaluation().everySteps().isPresent()) {
      throw new Invalid(
          "halving",
          "decides at the ends of epochs; found train.evaluation.every_steps, allowed without it");
    }
  }

  /** The name of a sweep, which is its file's. */
  public static String name(Path file) {
    return YamlFile.name(file);
  }

  /** Task by task: a worker that stays at one reads its data once. */
  private static List<Wish> wishes(SweepConfig config) {
    List<Wish> wishes = new ArrayList<>();
    for (Path task : config.tasks()) {
      for (Path method : config.methods()) {
        for (Map<String, String> point : GridPoints.of(config, YamlFile.name(method))) {
          config.seeds().forEach(seed -> wishes.add(new Wish(method, task, point, seed)));
        }
      }
    }
    return wishes;
  }

  private static List<Setting> settings(
      Path file, SweepConfig config, Wish wish, List<String> sets) {
    Map<String, String> own = new LinkedHashMap<>(config.set());
    SweepConfig.MethodSettings ofMethod = config.perMethod().get(YamlFile.name(wish.method()));
    if (ofMethod != null) {
      own.putAll(ofMethod.set().orElse(Map.of()));
    }
    List<Setting> settings = new ArrayList<>(settings(file, own));
    settings.addAll(Setting.ofCommandLine(sets));
    settings.addAll(settings(file, wish.point()));
    return settings;
  }

  private static List<Setting> settings(Path file, Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .map(text -> new Setting(file + ": " + text, text))
        .toList();
  }

  /** A method's or a task's own seeds would be overridden by the sweep's. */
  private static void requireNoSeeds(Loaded<ExperimentConfig> loaded) {
    if (loaded.says(SweepKeys.SEEDS)) {
      throw loaded.at(
          new Invalid(
              SweepKeys.SEEDS,
              "a sweep has seeds of its own; found in a file of its methods and tasks; allowed its"
                  + " own key "
                  + SweepKeys.SEEDS));
    }
  }

  private SweepTrial trial(
      Wish wish, Loaded<ExperimentConfig> loaded, ExperimentConfig config, InputFiles files) {
    try {
      Runner.Identity identity = runner.identify(config, files);
      return new SweepTrial(
          identity.id(),
          YamlFile.name(wish.method()),
          YamlFile.name(wish.task()),
          wish.point(),
          wish.seed(),
          identity.settings());
    } catch (Invalid e) {
      throw loaded.at(e);
    }
  }

  private static List<String> varied(List<Wish> wishes) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      wish.point()
          .forEach(
              (key, value) -> values.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(value));
    }
    return values.entrySet().stream()
        .filter(e -> e.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void requireNone(Set<String> refusals) {
    if (!refusals.isEmpty()) {
      List<String> lines = new ArrayList<>(refusals.stream().limit(MESSAGES).toList());
      if (refusals.size() > MESSAGES) {
        lines.add("... and " + (refusals.size() - MESSAGES) + " more");
      }
      throw new UserError(String.join("\n", lines));
    }
  }
}
