package org.trimtab.testing;

import java.util.List;
import java.util.Set;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.family.bert.BertConfig;

/** Shapes of backbones, to create methods and count. */
public final class Shapes {
  /** All points but the pooler. */
  public static final Set<Point> UNPOOLED =
      Set.copyOf(BertConfig.POINTS.stream().filter(point -> point != Point.POOLER).toList());

  public static final BackboneSpec MINILM =
      of("bert", 30_522, new StackSpec(Stack.ENCODER, 6, 12, 384, 1536, UNPOOLED, false));

  public static final BackboneSpec BERT = bert(false, Stack.ENCODER);

  /** T5-large's encoder, as far as prompts can tell. */
  public static final BackboneSpec T5_LARGE =
      of("t5", 32_128, new StackSpec(Stack.ENCODER, 24, 16, 1024, 4096, UNPOOLED, false));

  public static final BackboneSpec ROBERTA_LARGE =
      of("roberta", 50_265, new StackSpec(Stack.ENCODER, 24, 16, 1024, 4096, UNPOOLED, false));

  private Shapes() {}

  /** BERT-base, or a causal stack of its size. */
  public static BackboneSpec bert(boolean pooler, Stack stack) {
    Set<Point> points = pooler ? BertConfig.POINTS : UNPOOLED;
    boolean causal = stack == Stack.DECODER;
    return of("bert", 30_522, new StackSpec(stack, 12, 12, 768, 3072, points, causal));
  }

  /** A backbone of {@code stacks} with 512 positions. */
  public static BackboneSpec of(String family, int vocabulary, StackSpec... stacks) {
    return new BackboneSpec(family, List.of(stacks), vocabulary, 512, 0);
  }
}
