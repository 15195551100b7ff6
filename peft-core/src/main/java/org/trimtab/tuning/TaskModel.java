package org.trimtab.tuning;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.batch.BatchSize;
import org.trimtab.batch.Batches;
import org.trimtab.head.Prediction;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.task.Split;
import org.trimtab.tokenizer.Encoding;

/**
 * A model with the task that it is for: what it says of examples.
 *
 * @param sources what the model was made of
 * @param predictor runs the model, in whatever engine
 * @param <Y> a gold value
 */
public record TaskModel<Y>(
    ModelSources<Y> sources, Model<Y> model, Predictor<Y> predictor, ExampleEncoder encoder)
    implements AutoCloseable {
  /** The model on the backing that it was built on. */
  public TaskModel(ModelSources<Y> sources, Model<Y> model, ExampleEncoder encoder) {
    this(sources, model, Evaluator.computing(model), encoder);
  }

  /** With the model's smallest form, which predicts the same; on its own backing. */
  public TaskModel<Y> folded() {
    return new TaskModel<>(sources, model.fold(), encoder);
  }

  /** How many tokens of a text it reads; what is longer is cut. */
  public int longestText() {
    return TextRoom.of(sources.config(), model).tokens();
  }

  Encoded encoded(Split<Y> split) {
    BackboneFiles backbone = sources.backbone();
    return Encoded.of(
        encoder.encode(
            split.examples(), backbone.tokenizer(), backbone.encodingSha256(), longestText()));
  }

  /** The choices of each example, cut where they are too long. */
  public List<List<Encoding>> encode(Split<Y> split) {
    return encoded(split).examples();
  }

  /**
   * Predictions in a split's order.
   *
   * @param truncated which of the examples lost tokens
   */
  public record Predictions<Y>(List<Prediction<Y>> all, List<Boolean> truncated) {}

  /** What it says of a split's examples, as the task decides over all of them. */
  public Predictions<Y> predict(Split<Y> split) {
    Encoded encoded = encoded(split);
    BatchSize batch = sources.config().train().evaluation().batchSize();
    List<Prediction<Y>> each =
        Evaluator.predict(predictor, Batches.ordered(encoded.examples(), batch));
    return new Predictions<>(
        sources.task().decide(split.examples(), each), encoded.whichTruncated());
  }

  /** The metrics of a split's predictions. */
  public Map<String, OptionalDouble> score(Split<Y> split) {
    return sources.task().score(split, predict(split).all());
  }

  /** Frees the model and what runs it; the sources stay open. */
  @Override
  public void close() {
    predictor.close();
    model.backbone().close();
  }
}
