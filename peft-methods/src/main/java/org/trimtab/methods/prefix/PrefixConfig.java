package org.trimtab.methods.prefix;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.method.MethodConfig;

/**
 * Settings of prefix tuning.
 *
 * @param length P
 * @param reparameterization what makes the keys and values
 * @param mid width of the MLP's inside
 * @param dropout of the keys and values
 * @param shiftPositions whether the text's positions move by P
 * @param layers only these; empty: all
 * @param init how they start
 * @param initText what they start from where init is text
 * @param deviation of the normal start
 */
@RecordBuilder
public record PrefixConfig(
    int length,
    PrefixReparameterization reparameterization,
    int mid,
    double dropout,
    boolean shiftPositions,
    List<Integer> layers,
    PrefixInit init,
    Optional<String> initText,
    double deviation)
    implements MethodConfig, PrefixConfigBuilder.With {
  public PrefixConfig {
    Check.all(
        () -> Check.positive("length", length),
        () -> Check.positive("mid", mid),
        () -> Check.rate("dropout", dropout),
        () -> Check.positive("deviation", deviation),
        () -> Check.distinct("layers", layers),
        () -> requireText(reparameterization, init, initText));
  }

  private static void requireText(
      PrefixReparameterization reparameterization, PrefixInit init, Optional<String> text) {
    if ((init == PrefixInit.TEXT) != text.isPresent()) {
      throw new Invalid("initText", "belongs to init: text, and that to it");
    }
    if (init == PrefixInit.TEXT && reparameterization != PrefixReparameterization.NONE) {
      throw new Invalid(
          "init", "text starts keys and values themselves; allowed with reparameterization: none");
    }
  }
}
