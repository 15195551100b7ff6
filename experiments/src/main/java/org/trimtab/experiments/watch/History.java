package org.trimtab.experiments.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunLog;

/**
 * What a run logged, as curves.
 *
 * @param loss of training, every few steps
 * @param dev each metric's values
 * @param trace the means of what the method showed of dev's passes, such as its gates
 * @param truncated whether the last line is incomplete, as a killed run leaves it
 */
public record History(
    List<LearningCurve.Point> loss,
    Map<String, List<LearningCurve.Point>> dev,
    Map<String, List<LearningCurve.Point>> trace,
    boolean truncated) {
  /**
   * Reads the {@code metrics.jsonl} of a run.
   *
   * @throws org.trimtab.base.UserError if it isn't there or is damaged
   */
  public static History read(RunFolder folder) {
    return UserError.advising(
        "put the file back as it was, or remove the run's folder to begin anew",
        () -> of(log(folder)));
  }

  /** A finished run evaluated, and ended its last line. */
  private static RunLog log(RunFolder folder) {
    RunLog log = RunLog.read(folder.metrics());
    if (folder.finished() && (log.truncated() || log.evaluations().isEmpty())) {
      throw new UserError(
          folder.metrics() + ": found less than the log of a finished run, " + folder.result());
    }
    return log;
  }

  private static History of(RunLog log) {
    Map<String, List<LearningCurve.Point>> dev = new LinkedHashMap<>();
    for (RunLog.Evaluation evaluation : log.evaluations()) {
      evaluation
          .metrics()
          .forEach((name, value) -> add(name, evaluation.step(), value.orElse(Double.NaN), dev));
    }
    Map<String, List<LearningCurve.Point>> trace = new LinkedHashMap<>();
    for (RunLog.Trace shown : log.traces()) {
      shown.means().forEach((name, mean) -> add(name, shown.step(), mean, trace));
    }
    return new History(
        log.steps().stream().map(s -> new LearningCurve.Point(s.step(), s.loss())).toList(),
        dev,
        trace,
        log.truncated());
  }

  private static void add(
      String name, long step, double value, Map<String, List<LearningCurve.Point>> curves) {
    curves.computeIfAbsent(name, n -> new ArrayList<>()).add(new LearningCurve.Point(step, value));
  }
}
