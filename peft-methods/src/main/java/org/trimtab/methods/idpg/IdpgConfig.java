package org.trimtab.methods.idpg;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.Place;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.prompt.Placement;

/**
 * Settings of IDPG.
 *
 * @param length P, the number of virtual tokens
 * @param place where they go in the input
 * @param shiftPositions whether the text's positions move by P
 * @param layer before which the first prompt joins what enters it, from 0; else it joins the
 *     embedded input
 * @param deep whether every further layer's input gets a prompt added (M-IDPG), or only the first
 *     (S-IDPG)
 * @param sharing of the generators of a deep prompt
 * @param encoder what a prompt is generated of
 * @param generator what generates it
 * @param dropout of the generator's input and inside, while training
 */
@RecordBuilder
public record IdpgConfig(
    int length,
    Place place,
    boolean shiftPositions,
    Optional<Integer> layer,
    boolean deep,
    Sharing sharing,
    SentenceEncoder encoder,
    GeneratorConfig generator,
    double dropout)
    implements MethodConfig, IdpgConfigBuilder.With {
  public IdpgConfig {
    Check.all(
        () -> Check.positive("length", length),
        () -> Check.rate("dropout", dropout),
        () -> Placement.requireLate(layer, shiftPositions));
  }

  @Override
  public List<Path> files() {
    return encoder.files();
  }

  @Override
  public List<Path> filesOfSaved() {
    return encoder.files();
  }
}
