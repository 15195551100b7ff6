package org.trimtab.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.trimtab.head.Prediction;

/** What looks wrong at the end of an epoch, in words that name the problem. */
final class Guards<Y> {
  private final int epochs;
  private final Criterion criterion;
  private final Function<Y, String> words;

  /**
   * Guards of one training.
   *
   * @param criterion what counts
   * @param words for a value, as the task's files write it
   */
  Guards(int epochs, Criterion criterion, Function<Y, String> words) {
    this.epochs = epochs;
    this.criterion = criterion;
    this.words = words;
  }

  /**
   * The warnings after {@code epoch} (from 0).
   *
   * @param value the metric's; empty where it is undefined
   * @param best the best value so far; empty where there is none
   */
  List<String> warnings(
      int epoch, List<Prediction<Y>> predictions, OptionalDouble value, OptionalDouble best) {
    List<String> warnings = new ArrayList<>();
    if (predictions.stream().map(Prediction::value).distinct().count() == 1) {
      warnings.add(
          "after epoch "
              + (epoch + 1)
              + " every dev example is predicted as "
              + words.apply(predictions.get(0).value())
              + ": the model has collapsed, or has not begun to learn");
    }
    if (value.isEmpty()) {
      warnings.add(
          "after epoch " + (epoch + 1) + " the metric '" + criterion.metric() + "' is undefined");
    }
    if (epoch == epochs - 1 && best.isPresent()) {
      chance(predictions.size(), best.getAsDouble()).ifPresent(warnings::add);
    }
    return warnings;
  }

  /** A warning where the best score is one that a model without knowledge may well have. */
  private Optional<String> chance(int examples, double best) {
    return criterion.beyondChance(best, examples)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the best dev score, %.4f, is within chance of %s (%.4f for %d"
                    + " examples): the model may have learnt nothing; do labels and texts belong"
                    + " together?",
                best,
                baseline(),
                criterion.margin(examples),
                examples));
  }

  private String baseline() {
    OptionalDouble baseline = criterion.baseline();
    return baseline.isPresent()
        ? String.format(Locale.ROOT, "the baseline's, %.4f", baseline.getAsDouble())
        : "0, the baseline's being undefined";
  }
}
