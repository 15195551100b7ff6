package org.trimtab.methods.adapter;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.trimtab.backbone.Point;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.AdapterInput;

/**
 * Settings of bottleneck adapters.
 *
 * @param after the branches that get one
 * @param input what it reads
 * @param reductionFactor H / the bottleneck's width
 * @param activation between the projections
 * @param scale of what is added
 * @param init how the projections start
 * @param dropout of the bottleneck's inside
 */
@RecordBuilder
public record AdapterConfig(
    List<Point> after,
    AdapterInput input,
    int reductionFactor,
    Activation activation,
    double scale,
    AdapterInit init,
    double dropout)
    implements MethodConfig, AdapterConfigBuilder.With {
  public AdapterConfig {
    Check.all(
        () -> Check.notEmpty("after", after),
        () -> Check.distinct("after", after),
        () -> Check.positive("reductionFactor", reductionFactor),
        () -> Check.positive("scale", scale),
        () -> Check.rate("dropout", dropout));
  }
}
