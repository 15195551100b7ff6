package org.trimtab.experiments.config;

import java.util.List;
import java.util.Optional;
import org.trimtab.json.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.task.FewShot;
import org.trimtab.task.HeadConfig;
import org.trimtab.task.TaskConfig;
import org.trimtab.train.TrainConfig;

/**
 * An experiment file, whole.
 *
 * @param seeds one trial each
 */
public record ExperimentConfig(
    BackboneConfig backbone,
    TaskConfig task,
    Data data,
    MethodConfig method,
    HeadConfig head,
    TrainConfig train,
    CheckpointConfig checkpoint,
    List<Long> seeds) {
  public ExperimentConfig {
    Check.notEmpty("seeds", seeds);
  }

  /**
   * How examples are read.
   *
   * @param maximumLength tokens of an example, special ones and prompt rows included
   * @param fewShot a random part of the training examples; absent: all
   */
  public record Data(int maximumLength, Optional<FewShot> fewShot) {
    public Data {
      Check.positive("maximumLength", maximumLength);
    }
  }

  /** The same experiment with one seed. */
  public ExperimentConfig withSeed(long seed) {
    return new ExperimentConfig(
        backbone, task, data, method, head, train, checkpoint, List.of(seed));
  }

  /** The same experiment without what moves no result. */
  ExperimentConfig withoutCheckpoints() {
    return new ExperimentConfig(
        backbone, task, data, method, head, train, CheckpointConfig.NEVER, seeds);
  }
}
