package org.trimtab.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trimtab.head.Prediction;

/** What looks wrong at the end of an epoch, in words that name the problem. */
final class Guards {
  private final int epochs;
  private final String metric;
  private final double baseline;

  /**
   * Guards of one training.
   *
   * @param metric the one that counts
   * @param baseline its value without a model
   */
  Guards(int epochs, String metric, double baseline) {
    this.epochs = epochs;
    this.metric = metric;
    this.baseline = baseline;
  }

  /**
   * The warnings after {@code epoch} (from 0).
   *
   * @param value the metric's; negative infinity where it is undefined
   * @param best the best value so far
   */
  <Y> List<String> warnings(int epoch, List<Prediction<Y>> predictions, double value, double best) {
    List<String> warnings = new ArrayList<>();
    if (predictions.stream().map(Prediction::value).distinct().count() == 1) {
      warnings.add(
          "after epoch "
              + (epoch + 1)
              + " every dev example is predicted as "
              + predictions.get(0).value()
              + ": the model has collapsed, or has not begun to learn");
    }
    if (value == Double.NEGATIVE_INFINITY) {
      warnings.add("after epoch " + (epoch + 1) + " the metric '" + metric + "' is undefined");
    }
    if (epoch == epochs - 1) {
      chance(predictions.size(), best).ifPresent(warnings::add);
    }
    return warnings;
  }

  /**
   * A warning where the best score is one that a model without knowledge may well have: less than
   * 1/√n above the baseline's, two standard deviations of an accuracy near one half.
   */
  private Optional<String> chance(int examples, double best) {
    double margin = 1 / Math.sqrt(examples);
    return best > baseline + margin
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the best dev score, %.4f, is within chance of the baseline's, %.4f (%.4f for %d"
                    + " examples): the model may have learnt nothing; do labels and texts belong"
                    + " together?",
                best,
                baseline,
                margin,
                examples));
  }
}
