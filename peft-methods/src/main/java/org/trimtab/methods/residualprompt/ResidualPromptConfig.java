package org.trimtab.methods.residualprompt;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.backbone.Place;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.prompt.PromptInit;

/**
 * Settings of Residual Prompt Tuning.
 *
 * @param length P, the number of virtual tokens
 * @param place where they go in the input
 * @param shiftPositions whether the text's positions move by P
 * @param init how the virtual tokens start
 * @param bottleneck m, the width of the MLP's inside
 * @param activation of the MLP
 * @param dropout after the MLP's second layer, while training
 * @param layerNorm whether a LayerNorm ends the MLP
 * @param layerNormGain the LayerNorm's gain at the start; 0 starts as plain prompt tuning
 * @param residual whether the virtual tokens are added to what the MLP makes of them
 * @param shared one MLP for all virtual tokens, or one for each
 */
@RecordBuilder
public record ResidualPromptConfig(
    int length,
    Place place,
    boolean shiftPositions,
    PromptInit init,
    int bottleneck,
    Activation activation,
    double dropout,
    boolean layerNorm,
    double layerNormGain,
    boolean residual,
    boolean shared)
    implements MethodConfig, ResidualPromptConfigBuilder.With {
  public ResidualPromptConfig {
    Check.positive("length", length);
    Check.positive("bottleneck", bottleneck);
    Check.rate("dropout", dropout);
  }

  @Override
  public List<Path> files() {
    return init.files();
  }
}
