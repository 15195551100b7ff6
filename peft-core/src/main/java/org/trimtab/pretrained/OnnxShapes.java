package org.trimtab.pretrained;

import org.trimtab.base.UserError;
import org.trimtab.transformer.HfConfig;
import org.trimtab.weights.WeightSource;

/** The shape of a BERT, read off its tensors. */
public final class OnnxShapes {
  private static final double LAYER_NORM_EPSILON = 1e-12;

  private OnnxShapes() {}

  public static HfConfig of(WeightSource weights, int heads) {
    long[] words = weights.tensor("embeddings.word_embeddings.weight").shape();
    long[] positions = weights.tensor("embeddings.position_embeddings.weight").shape();
    int layers = 0;
    while (weights.names().contains(up(layers))) {
      layers++;
    }
    if (layers == 0) {
      throw new UserError(weights.origin() + ": holds no BERT: no tensor '" + up(0) + "'");
    }
    int ffn = (int) weights.tensor(up(0)).shape()[0];
    return new HfConfig(
        "bert",
        (int) words[1],
        layers,
        heads,
        ffn,
        (int) words[0],
        (int) positions[0],
        LAYER_NORM_EPSILON,
        "gelu",
        0);
  }

  private static String up(int layer) {
    return "encoder.layer." + layer + ".intermediate.dense.bias";
  }
}
