package org.trimtab.train;

import java.util.List;
import org.trimtab.task.Batch;

/**
 * A split as token ids, with its gold values.
 *
 * @param batches which cover every example once
 * @param gold of each example, by its index
 * @param <Y> a gold value
 */
public record EncodedSplit<Y>(List<Batch> batches, List<Y> gold) {
  /** The batch with its gold values. */
  public Trainer.Labelled<Y> labelled(Batch batch) {
    return new Trainer.Labelled<>(batch, batch.indices().stream().map(gold::get).toList());
  }
}
