package org.trimtab.experiments.trial;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.head.Prediction;

/**
 * What a model says of its dev sets.
 *
 * @param metrics of dev, and those of further dev sets behind their name
 * @param predictions of the split that the trial's score is of
 */
record Scores<Y>(Map<String, OptionalDouble> metrics, List<Prediction<Y>> predictions) {
  /** Whether all examples got the same value: the model has collapsed to a constant. */
  boolean constant() {
    return predictions.stream().map(Prediction::value).distinct().count() <= 1;
  }
}
