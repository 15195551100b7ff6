package org.trimtab.family.bert;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.NormOrder;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.PositionTable;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;

/**
 * The sizes of a BERT (Devlin et al., 2019) or RoBERTa (Liu et al., 2019).
 *
 * @param modelType such as {@code bert}
 * @param positions rows of the table of positions
 * @param padTokenId RoBERTa's positions are counted from it
 * @param segments rows of the table of segments
 */
public record BertConfig(
    String modelType,
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    int vocabularySize,
    int positions,
    double layerNormEpsilon,
    String activation,
    int padTokenId,
    int segments) {

  /** Those whose arithmetic this is, by how they number positions. */
  public static final List<String> FAMILIES = List.of("bert", "roberta");

  /** BERT's, whose positions begin at 0, padding or not; all others are RoBERTa's. */
  private static final String BERT = "bert";

  /** What each layer has, and what there is around the layers. */
  public static final Set<Point> POINTS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Point.EMBEDDING,
              Point.EMBEDDING_NORM,
              Point.LAYER_INPUT,
              Point.QUERY,
              Point.KEY,
              Point.VALUE,
              Point.ATTENTION_INNER,
              Point.ATTENTION_OUT,
              Point.FFN_UP,
              Point.FFN_INNER,
              Point.FFN_DOWN,
              Point.ATTENTION,
              Point.FFN,
              Point.ATTENTION_NORM,
              Point.FFN_NORM,
              Point.POOLER));

  /** Whether positions are counted as RoBERTa does, which has no segment but the first. */
  public boolean roberta() {
    return !modelType.equals(BERT);
  }

  /**
   * All that it says.
   *
   * @throws IllegalArgumentException for an activation that there isn't
   */
  public Architecture architecture() {
    PositionTable table = roberta() ? PositionTable.offsetBy(padTokenId) : PositionTable.absolute();
    StackSpec encoder =
        new StackSpec(Stack.ENCODER, layers, heads, hiddenSize, intermediateSize, POINTS, false);
    Wiring wiring =
        new Wiring(
            NormOrder.POST,
            new Normalization.LayerNorm(layerNormEpsilon),
            Activation.of(activation),
            1 / Math.sqrt(encoder.headWidth()),
            new Wiring.Embedding(Optional.of(table), 1),
            Collections.nCopies(layers, Wiring.Layer.PLAIN),
            Point.of(Role.LINEAR, Role.NORM));
    return new Architecture(
        toString(),
        new BackboneSpec(
            modelType, List.of(encoder), vocabularySize, table.usable(positions), padTokenId),
        Map.of(Stack.ENCODER, wiring),
        BertModules.of(modelType),
        new Architecture.Tables(vocabularySize, positions, segments, !roberta()));
  }
}
