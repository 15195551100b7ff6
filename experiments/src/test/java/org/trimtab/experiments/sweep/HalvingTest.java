package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.Better;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.plan.Distribution;
import org.trimtab.experiments.sweep.plan.GridPoints;
import org.trimtab.experiments.sweep.plan.SweepConfig;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;

/** Successive halving decides alike, whoever is done first. */
class HalvingTest {
  private static final SweepConfig.Halving HALVING = new SweepConfig.Halving(1, 3);
  private static final int EPOCHS = 9;
  private static final int TRIALS = 18;
  @TempDir Path folder = Path.of("");

  @Test
  void rungsMultiplyUpToTheWholeTraining() {
    assertThat(HALVING.rungs(9)).containsExactly(1, 3, 0);
    assertThat(HALVING.rungs(10)).containsExactly(1, 3, 9, 0);
    assertThat(HALVING.rungs(1)).containsExactly(0);
  }

  @Test
  void aSingleWorkerDoesWhatThePaperSays() {
    List<String> order = run(new SweepFolder(folder.resolve("one")), 1, new Random(1));
    assertThat(run(new SweepFolder(folder.resolve("errors")), Better.LOWER, 1, new Random(1)))
        .isEqualTo(order); // errors of -0, -7, -14 ...: the lowest is the best
    // Scores are 0, 7, 14, 3, 10, 17, 6, 13, 2 ... Of three the best goes on, of six two.
    assertThat(order.subList(0, 13))
        .containsExactly(
            "0@1", "1@1", "2@1", "2@3", "3@1", "4@1", "5@1", "5@3", "6@1", "7@1", "8@1", "7@3",
            "5@0");
    long whole = order.stream().filter(job -> job.endsWith("@0")).count();
    assertThat(whole).isBetween(1L, 4L);
    assertThat(order.stream().filter(job -> job.endsWith("@1"))).hasSize(TRIALS);
  }

  @Test
  void howManyWorkersThereAreAndWhoIsFirstChangesNothing() {
    Set<String> expected =
        new LinkedHashSet<>(run(new SweepFolder(folder.resolve("one")), 1, new Random(1)));
    for (int seed = 0; seed < 5; seed++) {
      SweepFolder many = new SweepFolder(folder.resolve("many-" + seed));
      List<String> jobs = run(many, 4, new Random(seed));
      assertThat(jobs).doesNotHaveDuplicates();
      assertThat(new LinkedHashSet<>(jobs)).isEqualTo(expected);
    }
  }

  /** Plays a schedule with workers that end in a random order; which jobs began, in their order. */
  private static List<String> run(SweepFolder sweep, int workers, Random random) {
    return run(sweep, Better.HIGHER, workers, random);
  }

  private static List<String> run(SweepFolder sweep, Better better, int workers, Random random) {
    List<SweepTrial> trials = new ArrayList<>();
    for (int i = 0; i < TRIALS; i++) {
      Map<String, String> point = Map.of("train.lr", Integer.toString(i));
      trials.add(new SweepTrial("t" + i, "m", "t", point, 1, Map.of()));
    }
    SweepPlan plan = new SweepPlan("s", "m", List.of(), Optional.of(HALVING), trials);
    Schedule schedule =
        new HalvingSchedule(
            sweep, plan, HALVING, trial -> new HalvingSchedule.Terms(EPOCHS, better));
    List<Schedule.Scheduled> running = new ArrayList<>();
    List<String> order = new ArrayList<>();
    while (true) {
      while (running.size() < workers) {
        Optional<Schedule.Scheduled> next = schedule.next();
        if (next.isEmpty()) {
          break;
        }
        running.add(next.get());
        order.add(next.get().trial().id().substring(1) + "@" + next.get().untilEpoch());
      }
      if (running.isEmpty()) {
        return order;
      }
      Schedule.Scheduled ended = running.remove(random.nextInt(running.size()));
      end(sweep.trial(ended.trial()), ended, better);
      schedule.ended(ended);
    }
  }

  private static void end(RunFolder folder, Schedule.Scheduled job, Better better) {
    folder.create();
    int index = Integer.parseInt(job.trial().id().substring(1));
    double score =
        better.signed((double) (index * 7 % TRIALS) / TRIALS); // all different, in no order
    if (job.untilEpoch() > 0) {
      String later = job.untilEpoch() < 3 ? "" : ", \"3\": " + score;
      AtomicFile.writeText(folder.rungs(), "{\"1\": " + score + later + "}");
    } else {
      result(score).write(folder);
    }
  }

  private static RunResult result(double score) {
    OptionalDouble value = OptionalDouble.of(score);
    return new RunResult(
        Status.FINISHED,
        "t",
        1,
        Map.of("a", value),
        new RunResult.Score("a", "a", "dev", value, OptionalDouble.of(0)),
        new RunResult.Parameters(1, 1),
        new RunResult.Training(1, OptionalLong.empty(), 1, 1, 0, OptionalDouble.empty()),
        List.of(),
        Map.of("dev", new RunResult.SplitData("dev.tsv", 1, false, 0)));
  }

  @Test
  void aHalvedSweepTrainsTheBestToTheirEndWhateverTheWorkers() throws Exception {
    TinySweep tiny =
        new TinySweep(
            folder,
            """
            search: {trials: 3, seed: 1, space: {train.lr: {type: log-uniform, low: 1e-5, high: 1e-1}}}
            halving: {epochs: 1, factor: 3}
            set: {train.epochs: "3"}
            """);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    assertThat(Cli.trimtab(tiny.command("run", one, "--workers", "1")).code()).isZero();
    Cli.Ran ran = Cli.trimtab(tiny.command("run", two, "--workers", "2"));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("1 halted");
    List<Path> trials = TinySweep.trials(one);
    assertThat(trials).hasSize(6);
    int whole = 0;
    for (Path trial : trials) {
      Path found = two.resolve("sweep/trials").resolve(trial.getFileName());
      assertThat(new RunFolder(found).finished()).isEqualTo(new RunFolder(trial).finished());
      if (new RunFolder(trial).finished()) {
        whole++;
        TinyExperiment.assertSame(trial, found);
      }
    }
    assertThat(whole).isEqualTo(2); // one of three points of each method
    rungsAreMadeAgainFromTheLog(tiny, one);
  }

  /** As after a kill between a halted trial's checkpoint and what is written of its scores. */
  private static void rungsAreMadeAgainFromTheLog(TinySweep tiny, Path runs) throws IOException {
    Map<Path, String> rungs = new LinkedHashMap<>();
    for (Path trial : TinySweep.trials(runs)) {
      RunFolder folder = new RunFolder(trial);
      if (!folder.finished()) {
        rungs.put(folder.rungs(), Files.readString(folder.rungs()));
        Files.delete(folder.rungs());
      }
    }
    assertThat(rungs).hasSize(4);
    Cli.Ran again = Cli.trimtab(tiny.command("resume", runs, "--workers", "2"));
    assertThat(again.code()).as(again.err()).isZero();
    for (Map.Entry<Path, String> file : rungs.entrySet()) {
      assertThat(file.getKey()).hasContent(file.getValue());
    }
  }

  @Test
  void randomSearchDrawsTheSameValuesAgainAndKeysDoNotMoveEachOther() {
    Map<String, Distribution> space = new LinkedHashMap<>();
    space.put("train.lr", new Distribution.LogUniform(1e-5, 1e-1));
    List<Map<String, String>> lr = draw(space);
    space.put("method.length", new Distribution.WholeNumber(1, 20));
    List<Map<String, String>> both = draw(space);
    assertThat(both).isEqualTo(draw(space));
    for (int i = 0; i < lr.size(); i++) {
      assertThat(both.get(i)).containsEntry("train.lr", lr.get(i).getOrDefault("train.lr", ""));
      assertThat(Double.parseDouble(lr.get(i).getOrDefault("train.lr", ""))).isBetween(1e-5, 1e-1);
      assertThat(Integer.parseInt(both.get(i).getOrDefault("method.length", ""))).isBetween(1, 20);
    }
    assertThat(lr.stream().distinct()).hasSizeGreaterThan(40);
  }

  private static List<Map<String, String>> draw(Map<String, Distribution> space) {
    return GridPoints.of(
        new SweepConfig(
            List.of(Path.of("m.yaml")),
            List.of(Path.of("t.yaml")),
            List.of(1L),
            Map.of(),
            Map.of(),
            Map.of(),
            Optional.of(new SweepConfig.Search(50, 3, space)),
            Optional.empty(),
            new SweepConfig.Workers(Optional.empty(), 1, Optional.empty(), 2),
            Optional.empty()),
        "m");
  }
}
