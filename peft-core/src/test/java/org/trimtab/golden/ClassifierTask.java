package org.trimtab.golden;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.head.Classification;
import org.trimtab.head.ScoredHead;
import org.trimtab.head.ScoredHeadConfig;
import org.trimtab.head.TaskHead;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Tensor;
import org.trimtab.transformer.options.PoolerMode;

/**
 * The classes of texts.
 *
 * @param config of the head
 */
public record ClassifierTask(ScoredHeadConfig config) implements GoldenTask<Integer> {
  @Override
  public PoolerMode pooler() {
    return config.needsPooler() ? PoolerMode.FROZEN : PoolerMode.NONE;
  }

  @Override
  public TaskHead<Integer> head(Backbone backbone, Map<String, HostTensor> expected, Init init) {
    int classes = (int) Golden.get(expected, "logits").shape()[1];
    return new ScoredHead<>(
        config.create(backbone.spec().hidden(), classes, init),
        new Classification(classes),
        backbone.tensors());
  }

  @Override
  public List<Integer> gold(Map<String, HostTensor> inputs) {
    return Arrays.stream(Golden.get(inputs, "labels").longs()).mapToObj(l -> (int) l).toList();
  }

  @Override
  public Tensor logits(TaskHead<Integer> head, Hidden hidden) {
    return ((ScoredHead<Integer>) head).head().scores(hidden, Dropout.OFF);
  }

  @Override
  public Tensor rows(Hidden hidden) {
    return hidden.rows().mask().onesBeside(1);
  }
}
