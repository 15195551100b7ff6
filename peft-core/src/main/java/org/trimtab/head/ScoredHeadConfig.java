package org.trimtab.head;

import org.trimtab.backbone.Backbone;
import org.trimtab.tensor.Init;

/** Settings of a head that scores what it reads; the task's objective says what scores mean. */
public interface ScoredHeadConfig extends HeadConfig {
  Pooling pooling();

  /** A head with new parameters. */
  Head create(HeadShape shape, Init init);

  /**
   * A head that reads no spans.
   *
   * @param hidden H
   * @param outputs C, the classes; 1 for a regression
   */
  default Head create(int hidden, int outputs, Init init) {
    return create(new HeadShape(hidden, 0, outputs), init);
  }

  @Override
  default boolean needsPooler() {
    return pooling().needsPooler();
  }

  @Override
  default <Y> TaskHead<Y> create(TaskSpec<Y> task, Backbone backbone, Init init) {
    pooling().requireFor(backbone.spec().textStack());
    Objective<Y> objective = task.requireObjective();
    HeadShape shape = new HeadShape(backbone.spec().hidden(), task.spans(), objective.outputs());
    return new ScoredHead<>(create(shape, init), objective, task.spans(), backbone.tensors());
  }
}
