package org.trimtab.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.batch.Batch;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.Quoted;

/** Texts that a backbone alone can't compute. */
public final class BrokenTexts {
  private BrokenTexts() {}

  /** The first text of which the backbone, without anything added, gives no finite states. */
  public static Optional<String> first(Backbone backbone, Batch batch) {
    Tensors tensors = backbone.tensors();
    double[] states =
        tensors.freeing(
            () ->
                tensors.doubles(
                    backbone
                        .forward(batch.input(backbone), Contribution.NONE, Dropout.OFF)
                        .states())); // (B K, T, H)
    List<String> texts = batch.texts();
    int width = states.length / texts.size();
    for (int i = 0; i < texts.size(); i++) {
      DoubleStream own = Arrays.stream(states, i * width, (i + 1) * width);
      if (!own.allMatch(Double::isFinite)) {
        return Optional.of(Quoted.of(texts.get(i)));
      }
    }
    return Optional.empty();
  }
}
