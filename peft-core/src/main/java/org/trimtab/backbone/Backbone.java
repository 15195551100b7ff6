package org.trimtab.backbone;

import java.util.Map;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** A pretrained transformer that lets a {@link Contribution} add to it at fixed places. */
public interface Backbone extends AutoCloseable {
  BackboneSpec spec();

  /** Where its tensors live; a method's parameters must be made by the same. */
  Tensors tensors();

  /**
   * Runs the model; with {@link Contribution#NONE} exactly the pretrained one.
   *
   * @param dropout the backbone's own, at the rates that it was loaded with
   */
  Hidden forward(Input input, Contribution contribution, Dropout dropout);

  /** The embeddings of {@code ids}, one row each, copied. */
  double[][] wordEmbeddings(long... ids);

  /** What of the backbone itself trains: nothing, its pooler, or (full fine-tuning) all. */
  Params params();

  /**
   * All weights by their names, those of Hugging Face without a model prefix. They are there to be
   * read: a frozen backbone's must never be written.
   */
  Map<String, Tensor> weights();

  /** Number of values in all weights. */
  long parameterCount();

  @Override
  void close();
}
