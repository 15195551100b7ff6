package org.trimtab.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.ReadRows;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * A head that gives each choice scores, and what they mean.
 *
 * @param spans S, the marked places that the head reads of each choice
 * @param tensors which makes tensors of gold values
 */
public record ScoredHead<Y>(Head head, Objective<Y> objective, int spans, Tensors tensors)
    implements TaskHead<Y> {
  /** What the scores are called among {@link #outputs}. */
  public static final String LOGITS = "logits";

  /** One that reads no marked places. */
  public ScoredHead(Head head, Objective<Y> objective, Tensors tensors) {
    this(head, objective, 0, tensors);
  }

  @Override
  public Params params() {
    return head.params();
  }

  @Override
  public Set<ReadRows> reads() {
    return head.reads();
  }

  @Override
  public Optional<String> refusal(Batch batch) {
    int choices = objective.choices();
    for (List<?> example : batch.examples()) {
      if (example.size() != choices) {
        return Optional.of(
            "found an example of " + example.size() + " choices; allowed " + choices);
      }
    }
    return batch.spans() == spans
        ? Optional.empty()
        : Optional.of("found " + batch.spans() + " marked places; allowed " + spans);
  }

  @Override
  public Tensor loss(Hidden hidden, Labelled<Y> batch, Randomness randomness) {
    return objective.loss(head.scores(hidden, randomness.dropout()), batch.gold(), tensors);
  }

  /** The scores (B K, C). */
  @Override
  public Map<String, Tensor> outputs(Hidden hidden) {
    return Map.of(LOGITS, head.scores(hidden, Dropout.OFF));
  }

  /** Cuts the scores into those of each example. */
  @Override
  public List<Prediction<Y>> predict(Map<String, HostTensor> outputs, Batch batch) {
    double[] flat = TaskHead.output(outputs, LOGITS).doubles();
    int each = objective.choices() * objective.outputs();
    List<Prediction<Y>> predictions = new ArrayList<>();
    for (int from = 0; from < flat.length; from += each) {
      predictions.add(objective.predict(Arrays.copyOfRange(flat, from, from + each)));
    }
    return predictions;
  }
}
