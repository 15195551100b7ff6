package org.trimtab.backbone;

import java.util.List;
import java.util.Map;
import org.trimtab.base.UserError;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** A pretrained transformer that lets a {@link Contribution} add to it at fixed places. */
public interface Backbone extends AutoCloseable {
  BackboneSpec spec();

  /** Where its tensors live; a method's parameters must be made by the same. */
  Tensors tensors();

  /**
   * Runs the model; with {@link Contribution#NONE} exactly the pretrained one. A pass that starts
   * from states ({@link Input#from}) runs the layers from theirs on.
   *
   * @param dropout the backbone's own, at the rates that it was loaded with
   */
  Hidden forward(TunedInput tuned, Dropout dropout);

  /** As {@link #forward(TunedInput, Dropout)}, with all rows of the states. */
  default Hidden forward(Input input, Contribution contribution, Dropout dropout) {
    return forward(new TunedInput(input, contribution), dropout);
  }

  /**
   * Runs the model over several inputs, each with a contribution of its own, as if each ran alone:
   * a contribution sees the rows of its own input, laid out as they would be there. What all have
   * in common may be computed at once, which needs a backing that tells shapes.
   *
   * @return of each input, in their order
   */
  default List<Hidden> forward(List<TunedInput> inputs, Dropout dropout) {
    return inputs.stream().map(tuned -> forward(tuned, dropout)).toList();
  }

  /**
   * The states (B, T, H) of the pretrained model that enter {@code layer} of the stack that reads
   * the text, every dropout off; with L those that leave the last one.
   */
  Tensor entering(Input input, int layer);

  /**
   * Scores of every word of the vocabulary (B, T, V), of states (B, T, H) behind the last layer.
   *
   * @throws org.trimtab.base.UserError if nothing in the model predicts words
   */
  default Tensor wordScores(Tensor states) {
    throw new UserError("the model predicts no words: found " + spec().family());
  }

  /** The embeddings of {@code ids}, one row each, copied. */
  double[][] wordEmbeddings(long... ids);

  /**
   * The path of the module at {@code site}: Hugging Face's, without a model prefix; a made-up one
   * where there is no module. No other site has the same.
   *
   * @throws IllegalArgumentException if there is no such site
   */
  String path(Site site);

  /**
   * What models with a head have before {@link #path}: Hugging Face's, with its dot, such as {@code
   * bert.}; empty where there is nothing.
   */
  default String prefix() {
    return spec().family() + ".";
  }

  /**
   * Linear layers that are one in Hugging Face's model, by its path, such as that of {@code
   * c_attn}: the sites of its parts, in the order of its rows.
   */
  default Map<String, List<Site>> fused() {
    return Map.of();
  }

  /**
   * The linear layer at {@code site}.
   *
   * @throws IllegalArgumentException if there is none
   */
  FrozenLinear linear(Site site);

  /**
   * The norm at {@code site}.
   *
   * @throws IllegalArgumentException if there is none
   */
  FrozenNorm norm(Site site);

  /**
   * The same model with some weights replaced, such as merged ones; this one stays as it is. Both
   * share the rest, so that closing one closes the other.
   *
   * @param replaced by their names, as {@link #weights()} has them
   */
  Backbone with(Map<String, Tensor> replaced);

  /** What of the backbone itself trains: nothing, its pooler, or (full fine-tuning) all. */
  Params params();

  /**
   * All weights by their names, those of Hugging Face without a model prefix. They are there to be
   * read: a frozen backbone's must never be written.
   */
  Map<String, Tensor> weights();

  /** Number of values in all weights that passes run through. */
  long parameterCount();

  @Override
  void close();
}
