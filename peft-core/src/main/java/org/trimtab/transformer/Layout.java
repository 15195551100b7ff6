package org.trimtab.transformer;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Rows;
import org.trimtab.tensor.Tensor;

/** Where the text's tokens and the prompts' rows stand in the input of a stack. */
final class Layout implements Rows {
  private final Optional<Layout> inner;
  private final List<Prompt> first;
  private final List<Prompt> afterCls;
  private final Tensor blank;
  private final Tensor mask;
  private final Tensor textMask;
  private final Tensor counts;
  private final int cls;

  private Layout(Optional<Layout> inner, Tensor blank, Masks masks, List<Prompt> prompts) {
    this.inner = inner;
    this.blank = blank;
    Tensor mask = masks.all();
    first = at(Place.FIRST, prompts);
    afterCls = at(Place.AFTER_CLS, prompts);
    cls = inner.map(i -> i.cls).orElse(0) + length(first);
    this.mask = join(mask, p -> mask.onesBeside(p.length()));
    textMask = join(masks.text(), p -> mask.onesBeside(p.length()).mul(0));
    counts = join(masks.counts(), p -> mask.onesBeside(p.length()).mul(p.shifts() ? 1 : 0));
  }

  /** Of the rows that are surrounded, (B, T) each. */
  private record Masks(Tensor all, Tensor text, Tensor counts) {}

  /** A text alone: its embeddings (B, T, H), its mask (B, T). */
  static Layout of(Tensor text, Tensor mask) {
    return new Layout(Optional.empty(), text, new Masks(mask, mask, mask), List.of());
  }

  /** This with {@code prompts} around it, in their order. */
  Layout with(List<Prompt> prompts) {
    return prompts.isEmpty()
        ? this
        : new Layout(Optional.of(this), blank, new Masks(mask, textMask, counts), prompts);
  }

  @Override
  public Tensor mask() {
    return mask;
  }

  @Override
  public Tensor textMask() {
    return textMask;
  }

  /** (B, T): one for a row that moves the position of those behind it. */
  Tensor counts() {
    return counts;
  }

  @Override
  public Tensor cls(Tensor x) {
    return x.rows(cls, cls + 1L);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // two prompts may have the same rows
  public Tensor place(Prompt prompt, Tensor rows) {
    Tensor below = inner.map(i -> i.place(prompt, rows)).orElseGet(blank::zerosLike);
    return join(below, p -> p == prompt ? rows : p.rows().zerosLike());
  }

  /** How many rows are no token's. */
  int promptRows() {
    return length(first) + length(afterCls) + inner.map(Layout::promptRows).orElse(0);
  }

  /** The layout of the text alone. */
  Layout text() {
    return inner.map(Layout::text).orElse(this);
  }

  /** The text's rows of {@code x} (B, T, H), padding among them: (B, S, H). */
  Tensor text(Tensor x) {
    return inner.map(i -> i.text(without(x, i.cls + 1L))).orElse(x);
  }

  /** Takes this layout's own prompts out, of which some stand behind {@code next} other rows. */
  private Tensor without(Tensor x, long next) {
    long from = length(first);
    long behind = length(afterCls);
    return behind == 0
        ? x.rowsFrom(from)
        : x.rows(from, from + next).followedBy(x.rowsFrom(from + next + behind));
  }

  private static int length(List<Prompt> prompts) {
    return prompts.stream().mapToInt(Prompt::length).sum();
  }

  /** Values (B, T, ...) of what this surrounds, with each prompt's own in their places. */
  Tensor join(Tensor inside, Function<Prompt, Tensor> ofPrompt) {
    if (first.isEmpty() && afterCls.isEmpty()) {
      return inside;
    }
    int next = inner.map(i -> i.cls).orElse(0) + 1;
    Stream<Tensor> parts =
        afterCls.isEmpty()
            ? Stream.concat(first.stream().map(ofPrompt), Stream.of(inside))
            : Stream.of(
                    first.stream().map(ofPrompt),
                    Stream.of(inside.rows(0, next)),
                    afterCls.stream().map(ofPrompt),
                    Stream.of(inside.rowsFrom(next)))
                .flatMap(part -> part);
    return parts.reduce(Tensor::followedBy).orElseThrow();
  }

  @Override
  public Tensor joinWeights(Tensor ofText) {
    Tensor below = inner.map(i -> i.joinWeights(ofText)).orElse(ofText);
    Tensor columns = below.t();
    Tensor none = columns.rows(0, 1).zerosLike(); // (B, 1, S)
    return join(columns, p -> p.rows().zerosLike().sumLast().add(none)).t();
  }

  private static List<Prompt> at(Place place, List<Prompt> prompts) {
    return prompts.stream().filter(p -> p.place() == place).toList();
  }
}
