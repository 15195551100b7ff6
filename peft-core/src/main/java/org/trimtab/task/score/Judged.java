package org.trimtab.task.score;

import org.trimtab.head.Prediction;
import org.trimtab.task.Example;

/** An example and what was predicted of it. */
public record Judged<Y>(Example<Y> example, Prediction<Y> prediction) {
  public Y gold() {
    return example.gold().orElseThrow();
  }

  public Y predicted() {
    return prediction.value();
  }
}
