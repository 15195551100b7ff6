package org.trimtab.methods.compacter;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.trimtab.backbone.Point;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.AdapterInput;

/**
 * Settings of Compacter.
 *
 * @param after the branches that get an adapter
 * @param input what it reads
 * @param reductionFactor H / the bottleneck's width
 * @param n how many Kronecker terms
 * @param rank of each term's second factor
 * @param activation between the projections
 * @param sharedRule whether all projections share the first factors
 * @param dropout of the bottleneck's inside
 */
@RecordBuilder
public record CompacterConfig(
    List<Point> after,
    AdapterInput input,
    int reductionFactor,
    int n,
    int rank,
    Activation activation,
    boolean sharedRule,
    double dropout)
    implements MethodConfig, CompacterConfigBuilder.With {
  public CompacterConfig {
    Check.all(
        () -> Check.notEmpty("after", after),
        () -> Check.distinct("after", after),
        () -> Check.positive("reductionFactor", reductionFactor),
        () -> Check.positive("n", n),
        () -> Check.positive("rank", rank),
        () -> Check.rate("dropout", dropout));
  }
}
