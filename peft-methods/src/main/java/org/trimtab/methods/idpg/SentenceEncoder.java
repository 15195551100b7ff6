package org.trimtab.methods.idpg;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.backbone.At;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/** What a prompt is generated of, the YAML kind {@code encoder}. */
public interface SentenceEncoder {
  /** Reads one backbone's texts. */
  interface Reader {
    /** D. */
    int width();

    /**
     * The vectors of a batch's texts, (B, 1, D).
     *
     * @param at where the prompt is asked for: the embedding of the text, or the input of a layer
     */
    Tensor of(At at, Forward forward);

    /** As {@link org.trimtab.method.PeftModule#warnings}. */
    default List<String> warnings() {
      return List.of();
    }
  }

  /**
   * A reader for the backbone of {@code setup}.
   *
   * @param layer that the prompt joins; else it joins the embedded input
   * @throws Invalid if it can't be read so
   */
  Reader open(Setup setup, Optional<Integer> layer);

  /** A reader of what {@code of} makes, (B, 1, H), of the rows where a prompt is asked for. */
  static Reader ofRows(Setup setup, Function<At, Tensor> of) {
    int width = setup.spec().textStack().hidden();
    return new Reader() {
      @Override
      public int width() {
        return width;
      }

      @Override
      public Tensor of(At at, Forward forward) {
        return of.apply(at);
      }
    };
  }

  /** Whether a deep prompt reads [CLS] where it enters each layer, instead of the text's vector. */
  default boolean readsLayers() {
    return false;
  }

  /** The files that the vectors come from. */
  default List<Path> files() {
    return List.of();
  }
}
