package org.trimtab.task;

/** An example and what was predicted of it. */
record Judged<Y>(Example<Y> example, Prediction<Y> prediction) {
  Y gold() {
    return example.gold().orElseThrow();
  }

  Y predicted() {
    return prediction.value();
  }
}
