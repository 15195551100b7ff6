package org.trimtab.tuning;

import java.util.List;
import org.trimtab.base.Invalid;
import org.trimtab.batch.BatchSize;
import org.trimtab.config.Suggestion;
import org.trimtab.engine.Memory;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.recipe.Recipe;
import org.trimtab.task.Splits;
import org.trimtab.train.TrainConfig;

/** Whether a training's settings fit its model and its data; asked before anything is trained. */
record TrainingChecks(ExperimentConfig config, Splits<?> splits) {
  /**
   * Refuses settings that name nothing, or that the machine has no room for.
   *
   * @throws Invalid for the first such key
   */
  void require(Recipe<?> recipe) {
    requireGroups(recipe.params().groups());
    requireWarmup();
    requireBatches(recipe.scored().backbone().spec().textStack().hidden());
  }

  private void requireGroups(List<String> groups) {
    for (String name : config.train().groups().keySet()) {
      if (!groups.contains(name)) {
        throw new Invalid(
            "train.groups." + name,
            "no such parameter group; allowed "
                + String.join(", ", groups)
                + Suggestion.of(name, groups));
      }
    }
  }

  private void requireWarmup() {
    TrainConfig train = config.train();
    try {
      train.requireShorterWarmup(train.steps(splits.train().examples().size()));
    } catch (Invalid e) {
      throw e.within("train");
    }
  }

  private void requireBatches(int hidden) {
    TrainConfig train = config.train();
    requireBatch("train.batch", train.batchSize(), splits.train().examples().size(), hidden);
    int most = splits.withGold().stream().mapToInt(s -> s.examples().size()).max().orElse(0);
    requireBatch("train.evaluation.batch", train.evaluation().batchSize(), most, hidden);
  }

  /** The inner rows of one feed-forward layer, 4 H, are the least that a pass holds at once. */
  private void requireBatch(String key, BatchSize size, int examples, int hidden) {
    int length = config.data().maximumLength();
    int bounded = size.tokens().map(tokens -> Math.max(1, tokens / length)).orElse(examples);
    int rows = Math.min(Math.min(size.examples(), examples), bounded);
    Memory.require(
        key,
        4.0 * hidden * rows * length * Float.BYTES,
        Memory.bytes(),
        "a pass over " + rows + " texts of " + length + " tokens would need %.1f GiB at least");
  }
}
