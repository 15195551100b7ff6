package com.example.plugin;

import org.trimtab.base.Check;
import org.trimtab.head.Head;
import org.trimtab.head.HeadShape;
import org.trimtab.head.Pooling;
import org.trimtab.head.ScoredHeadConfig;
import org.trimtab.tensor.Init;

/** A linear layer on the mean and the maximum of the text's rows. */
public record MeanMaxHeadConfig(double initStd) implements ScoredHeadConfig {
  public MeanMaxHeadConfig {
    Check.positive("initStd", initStd);
  }

  @Override
  public Pooling pooling() {
    return Pooling.MEAN;
  }

  @Override
  public Head create(HeadShape shape, Init init) {
    return MeanMaxHead.create(shape, init, initStd);
  }
}
