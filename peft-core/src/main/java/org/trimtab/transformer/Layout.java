package org.trimtab.transformer;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Rows;
import org.trimtab.tensor.Tensor;

/** Where the text's tokens and the prompts' rows stand in the input of a stack. */
final class Layout implements Rows {
  private final List<Prompt> first;
  private final List<Prompt> afterCls;
  private final Tensor mask;
  private final Tensor textMask;
  private final Tensor originalMask;

  /** Lays {@code prompts} around a text whose mask is (B, T), in their order. */
  Layout(Tensor originalMask, List<Prompt> prompts) {
    this.originalMask = originalMask;
    first = at(Place.FIRST, prompts);
    afterCls = at(Place.AFTER_CLS, prompts);
    mask = join(originalMask, p -> originalMask.onesBeside(p.length()));
    textMask = join(originalMask, p -> originalMask.onesBeside(p.length()).mul(0));
  }

  @Override
  public Tensor mask() {
    return mask;
  }

  @Override
  public Tensor textMask() {
    return textMask;
  }

  @Override
  public Tensor cls(Tensor x) {
    int index = first.stream().mapToInt(Prompt::length).sum();
    return x.rows(index, index + 1L);
  }

  /** The text's values (B, T, ...) with each prompt's own in their places. */
  Tensor join(Tensor text, Function<Prompt, Tensor> ofPrompt) {
    if (first.isEmpty() && afterCls.isEmpty()) {
      return text;
    }
    Stream<Tensor> parts =
        Stream.of(
                first.stream().map(ofPrompt),
                Stream.of(text.rows(0, 1)),
                afterCls.stream().map(ofPrompt),
                Stream.of(text.rowsFrom(1)))
            .flatMap(part -> part);
    return parts.reduce(Tensor::followedBy).orElseThrow();
  }

  /** (B, T) of the text alone, as it came in. */
  Tensor originalMask() {
    return originalMask;
  }

  private static List<Prompt> at(Place place, List<Prompt> prompts) {
    return prompts.stream().filter(p -> p.place() == place).toList();
  }
}
