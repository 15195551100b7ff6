package org.trimtab.task.score;

import org.trimtab.head.Prediction;
import org.trimtab.task.Example;

/** An example and what was predicted of it. */
record Judged<Y>(Example<Y> example, Prediction<Y> prediction) {
  Y gold() {
    return example.gold().orElseThrow();
  }

  Y predicted() {
    return prediction.value();
  }
}
