package com.example.plugin;

import java.util.Set;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.ReadRows;
import org.trimtab.head.Head;
import org.trimtab.head.HeadShape;
import org.trimtab.head.Pooling;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** Weights (C, 2 H) and biases (C) on two pooled rows. */
record MeanMaxHead(Params params, Tensor weight, Tensor bias, int outputs) implements Head {
  static MeanMaxHead create(HeadShape shape, Init init, double std) {
    Params params = new Params();
    return new MeanMaxHead(
        params,
        params.add("head", "weight", init.normal(std, shape.outputs(), 2L * shape.hidden())),
        params.add("head", "bias", init.zeros(shape.outputs())),
        shape.outputs());
  }

  @Override
  public Set<ReadRows> reads() {
    return Set.of(ReadRows.TEXT);
  }

  @Override
  public Tensor scores(Hidden hidden, Dropout dropout) {
    Tensor pooled = Pooling.MEAN.of(hidden).beside(Pooling.MAX.of(hidden));
    return pooled.linear(weight, bias).view(-1, outputs);
  }
}
