package org.trimtab.methods.attempt;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.backbone.Place;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.prompt.PromptInit;

/**
 * Settings of ATTEMPT.
 *
 * @param length P, the number of virtual tokens of every prompt
 * @param place where they go in the input
 * @param shiftPositions whether the text's positions move by P
 * @param sources the prompts of other tasks, which stay as they are
 * @param init how the task's own prompt starts
 * @param width of the attention's inside
 * @param temperature what the attention's scores are divided by, as a multiple of H
 * @param padding whether the maximum over a text's tokens sees its padding too
 */
@RecordBuilder
public record AttemptConfig(
    int length,
    Place place,
    boolean shiftPositions,
    List<PromptInit> sources,
    PromptInit init,
    int width,
    double temperature,
    boolean padding)
    implements MethodConfig, AttemptConfigBuilder.With {
  public AttemptConfig {
    Check.all(
        () -> Check.positive("length", length),
        () -> Check.notEmpty("sources", sources),
        () -> Check.positive("width", width),
        () -> Check.positive("temperature", temperature));
  }

  @Override
  public List<Path> files() {
    return Stream.concat(sources.stream(), Stream.of(init))
        .flatMap(prompt -> prompt.files().stream())
        .toList();
  }
}
