package org.trimtab.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.batch.Batch;
import org.trimtab.model.BrokenTexts;

/**
 * Why a step's numbers aren't finite: a broken backbone or input, which no setting of the training
 * mends, is told from a run that diverges.
 *
 * @param updates that were made before
 */
record NotFinite(Backbone backbone, long updates) {
  /** What to say of {@code value}, which {@code what} had in the pass over {@code batches}. */
  TrainingException of(String what, double value, List<Batch> batches) {
    return new TrainingException(
        String.format(
            Locale.ROOT, "the %s is %s at step %d%s", what, value, updates + 1, why(batches)));
  }

  private String why(List<Batch> batches) {
    boolean untrained = updates == 0;
    if (untrained || backbone.params().all().isEmpty()) {
      Optional<String> broken =
          batches.stream().flatMap(b -> BrokenTexts.first(backbone, b).stream()).findFirst();
      if (broken.isPresent()) {
        return ": the backbone alone gives numbers that aren't finite for the text "
            + broken.get()
            + ": its weights are to blame, not the training";
      }
    }
    return untrained
        ? ", before anything has trained: the start of the method or the head, or the gold values,"
            + " are to blame, not the learning rate"
        : ": a lower learning rate (train.lr), a warm-up (train.warmup) or clipping (train.clip)"
            + " may help";
  }
}
