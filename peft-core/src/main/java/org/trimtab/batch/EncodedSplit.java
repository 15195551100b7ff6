package org.trimtab.batch;

import java.util.List;

/**
 * A split as token ids, with its gold values.
 *
 * @param batches which cover every example once
 * @param gold of each example, by its index
 * @param <Y> a gold value
 */
public record EncodedSplit<Y>(List<Batch> batches, List<Y> gold) {
  /** The batch with its gold values. */
  public Labelled<Y> labelled(Batch batch) {
    return new Labelled<>(batch, batch.indices().stream().map(gold::get).toList());
  }
}
