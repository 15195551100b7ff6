package org.trimtab.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.tensor.HostTensor;
import org.trimtab.train.optimizer.Optimizer;

/**
 * A training between two updates: all that another process needs to go on, bit for bit.
 *
 * <p>Random streams are not among it: each is named by its purpose and the epoch or step, so that
 * the position is enough.
 *
 * @param warnings what the guards saw
 * @param snapshot what the training moves, as it was when this was saved; empty before
 */
public record Progress(Position position, Best best, List<String> warnings, Snapshot snapshot) {
  /** Before the first update. */
  static final Progress START =
      new Progress(
          new Position(0, 0, 0),
          new Best(Double.NEGATIVE_INFINITY, 0, 0, Map.of()),
          List.of(),
          new Snapshot(Map.of(), Map.of(), Map.of()));

  /**
   * How far it is.
   *
   * @param step updates made
   * @param epoch from 0
   * @param update of the epoch that comes next, from 0
   */
  public record Position(long step, int epoch, int update) {
    Position afterUpdate() {
      return new Position(step + 1, epoch, update + 1);
    }

    Position nextEpoch() {
      return new Position(step, epoch + 1, 0);
    }
  }

  /**
   * The best evaluation.
   *
   * @param goodness of the metric that counts, higher being better; negative infinity before an
   *     evaluation
   * @param step after which it stood
   * @param evaluationsSince without a better one
   * @param values of the parameters then, by name; empty where only the last state counts
   */
  public record Best(
      double goodness, long step, int evaluationsSince, Map<String, HostTensor> values) {
    Best withoutBetter() {
      return new Best(goodness, step, evaluationsSince + 1, values);
    }
  }

  /**
   * What lives in the engine while a training runs.
   *
   * @param values of the parameters, by name
   * @param optimizer what it remembers, see {@link Optimizer#state()}
   * @param more a recipe's own, by names of the recipe's
   */
  public record Snapshot(
      Map<String, HostTensor> values,
      Map<String, HostTensor> optimizer,
      Map<String, HostTensor> more) {}

  Progress at(Position next) {
    return new Progress(next, best, warnings, snapshot);
  }

  Progress with(Best other) {
    return new Progress(position, other, warnings, snapshot);
  }

  Progress with(Snapshot other) {
    return new Progress(position, best, warnings, other);
  }

  Progress warned(String warning) {
    List<String> all = Stream.concat(warnings.stream(), Stream.of(warning)).toList();
    return new Progress(position, best, all, snapshot);
  }
}
