package org.trimtab.head;

import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.tensor.Init;

/** Settings of a head, the YAML kind {@code head}. */
public interface HeadConfig {
  /** Whether the backbone's pooler must run. */
  default boolean needsPooler() {
    return false;
  }

  /** What stands between its linear layers, where there are two: names of tensors don't tell. */
  default Optional<DenseHeadConfig.Activation> inner() {
    return Optional.empty();
  }

  /**
   * A head with new parameters.
   *
   * @param task what it predicts
   * @param backbone whose states it reads
   * @throws Invalid for the component that doesn't fit the task; for {@code type} where the head
   *     predicts other values
   */
  <Y> TaskHead<Y> create(TaskSpec<Y> task, Backbone backbone, Init init);
}
