package org.trimtab.methods.ptuning;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.trimtab.backbone.Place;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;

/**
 * Settings of P-tuning.
 *
 * @param length P, the number of virtual tokens
 * @param place where they go in the input
 * @param shiftPositions whether the text's positions move by P
 * @param encoder what makes them
 * @param width of the encoder's inside
 * @param layers of an LSTM
 * @param deviation of the embeddings at the start
 */
@RecordBuilder
public record PTuningConfig(
    int length,
    Place place,
    boolean shiftPositions,
    PromptEncoder encoder,
    int width,
    int layers,
    double deviation)
    implements MethodConfig, PTuningConfigBuilder.With {
  public PTuningConfig {
    Check.all(
        () -> Check.positive("length", length),
        () -> Check.positive("width", width),
        () -> Check.positive("layers", layers),
        () -> Check.positive("deviation", deviation));
  }
}
