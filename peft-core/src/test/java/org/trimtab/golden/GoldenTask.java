package org.trimtab.golden;

import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Hidden;
import org.trimtab.head.TaskHead;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Tensor;
import org.trimtab.transformer.options.PoolerMode;

/**
 * What a case predicts.
 *
 * @param <Y> a gold value
 */
public interface GoldenTask<Y> {
  /** What of the backbone's pooler it needs. */
  PoolerMode pooler();

  /** A head for logits such as those of {@code expected}. */
  TaskHead<Y> head(Backbone backbone, Map<String, HostTensor> expected, Init init);

  /** One value an example of {@code inputs}. */
  List<Y> gold(Map<String, HostTensor> inputs);

  /** The logits, as the case has them. */
  Tensor logits(TaskHead<Y> head, Hidden hidden);

  /** Of each row of logits, one where they are to agree. */
  Tensor rows(Hidden hidden);
}
