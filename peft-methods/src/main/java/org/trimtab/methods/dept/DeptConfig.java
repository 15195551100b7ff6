package org.trimtab.methods.dept;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.backbone.Place;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.prompt.PromptInit;

/**
 * Settings of DePT.
 *
 * @param length P, the number of virtual tokens
 * @param place where they go in the input
 * @param shiftPositions whether the text's positions move by P
 * @param init how the virtual tokens start
 * @param rank r of the update of the tokens' embeddings
 * @param alpha the update is scaled by alpha / √r
 * @param positions how many tokens of a text the update has rows for
 */
@RecordBuilder
public record DeptConfig(
    int length,
    Place place,
    boolean shiftPositions,
    PromptInit init,
    int rank,
    double alpha,
    int positions)
    implements MethodConfig, DeptConfigBuilder.With {
  public DeptConfig {
    Check.all(
        () -> Check.positive("length", length),
        () -> Check.positive("rank", rank),
        () -> Check.positive("alpha", alpha),
        () -> Check.positive("positions", positions));
  }

  @Override
  public List<Path> files() {
    return init.files();
  }
}
