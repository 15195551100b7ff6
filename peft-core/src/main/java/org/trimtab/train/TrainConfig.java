package org.trimtab.train;

import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Formerly;
import org.trimtab.base.Invalid;
import org.trimtab.batch.BatchSize;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.Schedule;
import org.trimtab.train.optimizer.UpdateRule;

/**
 * How a model is trained.
 *
 * @param epochs passes over the training examples
 * @param batch examples in one forward and backward pass, at most
 * @param batchTokens tokens in one pass with their padding, at most; absent: however many
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
 * @param keepStates whether passes start from kept states of the pretrained model
 */
public record TrainConfig(
    int epochs,
    int batch,
    Optional<Integer> batchTokens,
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
    Keep keep,
    KeepStates keepStates) {
  public TrainConfig {
    Check.all(
        () -> Check.positive("epochs", epochs),
        () -> Check.positive("batch", batch),
        () -> batchTokens.ifPresent(value -> Check.positive("batchTokens", value)),
        () -> Check.positive("accumulation", accumulation),
        () -> Check.positive("lr", lr),
        () -> Check.notNegative("weightDecay", weightDecay),
        () -> Check.rate("warmup", warmup),
        () -> Check.notNegative("clip", clip),
        () -> requireKept(keep, earlyStopping));
  }

  private static void requireKept(Keep keep, Optional<EarlyStopping> earlyStopping) {
    if (keep == Keep.LAST && earlyStopping.isPresent()) {
      throw new Invalid("keep", "found last, but early stopping keeps the best; allowed best");
    }
  }

  /** The metric that states are judged by: {@code main}, where early stopping names no other. */
  public String counted(String main) {
    return earlyStopping.flatMap(EarlyStopping::metric).orElse(main);
  }

  /** What a batch holds. */
  public BatchSize batchSize() {
    return new BatchSize(batch, batchTokens);
  }

  /**
   * Batches of an epoch over {@code examples} training examples; at least, where tokens are
   * bounded.
   */
  public long batches(long examples) {
    return (examples + batch - 1) / batch;
  }

  /** Updates of a run over {@code examples} training examples; as {@link #batches} has them. */
  public long steps(long examples) {
    return (batches(examples) + accumulation - 1) / accumulation * epochs;
  }

  /** The learning rate and weight decay of a parameter group, before the schedule. */
  UpdateRule.Rate rate(String group) {
    Optional<Group> own = Optional.ofNullable(groups.get(group));
    return new UpdateRule.Rate(
        own.flatMap(Group::lr).orElse(lr), own.flatMap(Group::weightDecay).orElse(weightDecay));
  }

  /**
   * Refuses a warm-up that takes the whole run.
   *
   * @param steps updates of the run
   * @throws Invalid for {@code warmup}
   */
  public void requireShorterWarmup(long steps) {
    long rising = Math.round(warmup * steps);
    if (rising >= steps) {
      throw new Invalid(
          "warmup",
          "found "
              + warmup
              + ", which is "
              + rising
              + " of the run's "
              + steps
              + " steps; allowed a warm-up shorter than the run");
    }
  }

  /** What one parameter group has of its own. */
  public record Group(Optional<Double> lr, Optional<Double> weightDecay) {
    public Group {
      Check.all(
          () -> lr.ifPresent(value -> Check.positive("lr", value)),
          () -> weightDecay.ifPresent(value -> Check.notNegative("weightDecay", value)));
    }
  }

  /**
   * Evaluations while training; the last one is always on the whole dev set.
   *
   * @param everySteps updates between two evaluations; absent: at the end of each epoch
   * @param examples how many dev examples, the first ones, are enough while training
   * @param batch examples in one forward pass, at most
   * @param batchTokens tokens in one pass with their padding, at most: what bounds its memory
   */
  public record Evaluation(
      Optional<Integer> everySteps,
      @Formerly("rows") Optional<Integer> examples,
      int batch,
      int batchTokens) {
    public Evaluation {
      Check.all(
          () -> everySteps.ifPresent(value -> Check.positive("everySteps", value)),
          () -> examples.ifPresent(value -> Check.positive("examples", value)),
          () -> Check.positive("batch", batch),
          () -> Check.positive("batchTokens", batchTokens));
    }

    /** What a batch holds. */
    public BatchSize batchSize() {
      return new BatchSize(batch, Optional.of(batchTokens));
    }
  }

  /**
   * Stops when a metric has not become better for some evaluations.
   *
   * @param metric absent: the task's main metric
   * @param patience evaluations without a better value
   */
  public record EarlyStopping(Optional<String> metric, int patience) {
    public EarlyStopping {
      Check.positive("patience", patience);
    }
  }

  /**
   * Whether the states that enter the lowest layer that a method touches are computed once a text
   * and kept. Where they are, a pass differs in its last bits from one that computes them in a
   * padded batch.
   *
   * @param when it is so
   * @param mebibytes that they may take in memory
   */
  public record KeepStates(When when, int mebibytes) {
    /** When states are kept. */
    public enum When {
      /** Where that is exact and all of them fit. */
      AUTO,
      /** Always; where it wouldn't be exact that is an error. */
      ON,
      OFF
    }

    public KeepStates {
      Check.positive("mebibytes", mebibytes);
    }
  }

  /** Which state is the run's result. */
  public enum Keep {
    /** The one with the best value at an evaluation. */
    BEST,
    LAST
  }
}
