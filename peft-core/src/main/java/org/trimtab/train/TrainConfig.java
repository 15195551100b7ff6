package org.trimtab.train;

import java.util.Map;
import java.util.Optional;
import org.trimtab.json.Check;

/**
 * How a model is trained.
 *
 * @param epochs passes over the training examples
 * @param batch examples in one forward and backward pass
 * @param accumulation passes in one update
 * @param lr the learning rate of every group without its own
 * @param weightDecay of every group without its own
 * @param groups what single parameter groups have of their own
 * @param optimizer the update's arithmetic
 * @param schedule of the learning rate after the warm-up
 * @param warmup share of the run in which the learning rate rises from 0
 * @param clip largest global norm of the gradients; 0 for no clipping
 * @param evaluation when and on how much the model is evaluated
 * @param earlyStopping when to stop before the last epoch
 * @param keep which state is the run's result
 */
public record TrainConfig(
    int epochs,
    int batch,
    int accumulation,
    double lr,
    double weightDecay,
    Map<String, Group> groups,
    OptimizerConfig optimizer,
    Schedule.Shape schedule,
    double warmup,
    double clip,
    Evaluation evaluation,
    Optional<EarlyStopping> earlyStopping,
    Keep keep) {
  public TrainConfig {
    Check.positive("epochs", epochs);
    Check.positive("batch", batch);
    Check.positive("accumulation", accumulation);
    Check.positive("lr", lr);
    Check.notNegative("weightDecay", weightDecay);
    Check.rate("warmup", warmup);
    Check.notNegative("clip", clip);
  }

  /** What one parameter group has of its own. */
  public record Group(Optional<Double> lr, Optional<Double> weightDecay) {
    public Group {
      lr.ifPresent(value -> Check.positive("lr", value));
      weightDecay.ifPresent(value -> Check.notNegative("weightDecay", value));
    }
  }

  /**
   * Evaluations while training; the last one is always on the whole dev set.
   *
   * @param everySteps updates between two evaluations; absent: at the end of each epoch
   * @param rows how many dev examples, the first ones, are enough while training
   * @param batch examples in one forward pass
   */
  public record Evaluation(Optional<Integer> everySteps, Optional<Integer> rows, int batch) {
    public Evaluation {
      everySteps.ifPresent(value -> Check.positive("everySteps", value));
      rows.ifPresent(value -> Check.positive("rows", value));
      Check.positive("batch", batch);
    }
  }

  /**
   * Stops when a metric has not risen for some evaluations.
   *
   * @param metric absent: the task's main metric
   * @param patience evaluations without a better value
   */
  public record EarlyStopping(Optional<String> metric, int patience) {
    public EarlyStopping {
      Check.positive("patience", patience);
    }
  }

  /** Which state is the run's result. */
  public enum Keep {
    /** The one with the best value at an evaluation. */
    BEST,
    LAST
  }
}
