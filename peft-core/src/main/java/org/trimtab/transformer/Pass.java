package org.trimtab.transformer;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Rows;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Tensor;
import org.trimtab.transformer.options.DropoutRates;

/**
 * What stays the same during one forward pass of a stack over one input, whose rows stay (B, T, H)
 * until others join them: from there on it is another one.
 *
 * @param relations of the rows to each other
 * @param all of the rows, as long as none is left out
 */
record Pass(
    Stack stack,
    Rows rows,
    Contribution contribution,
    StackDropout dropout,
    Relations relations,
    Optional<All> all)
    implements Passes {
  /** What enters or leaves the layers, (B, T, H), and the pass that it is of. */
  record Single(Tensor rows, Pass pass) {
    Passes.Running running() {
      return new Passes.Running(rows, pass);
    }
  }

  /** The backbone's own dropout in one pass. */
  record StackDropout(Dropout dropout, DropoutRates rates) {
    /** Whether nothing is ever dropped. */
    @SuppressWarnings("ReferenceEquality") // a constant
    boolean never() {
      return dropout == Dropout.OFF || rates.equals(DropoutRates.NONE);
    }

    /** After the embeddings and each branch. */
    Tensor hidden(Tensor x) {
      return dropout.apply(x, rates.hidden());
    }

    /** On the attention's weights. */
    Tensor attention(Tensor x) {
      return dropout.apply(x, rates.attention());
    }
  }

  /**
   * All rows of a pass, of which none is left out yet.
   *
   * @param reading which of them are read in the end, where these are not all
   */
  record All(Layout layout, Function<Layout, Optional<Reading>> reading) {
    /** As long as others may join, the rows that are read aren't known. */
    Optional<Reading> read() {
      return reading.apply(layout);
    }
  }

  Pass(Stack stack, All all, Contribution contribution, StackDropout dropout, Relations relations) {
    this(stack, all.layout, contribution, dropout, relations, Optional.of(all));
  }

  /** The same pass over other rows. */
  Pass over(Layout other) {
    All rest = new All(other, whole().reading);
    return new Pass(stack, other, contribution, dropout, relations.over(other), Optional.of(rest));
  }

  private All whole() {
    return all.orElseThrow(() -> new IllegalStateException("rows have been left out"));
  }

  /** The number of prompts' rows. */
  int promptRows() {
    return whole().layout.promptRows();
  }

  /** The rows that are read in the end, where these are not all. */
  Optional<Reading> reading() {
    return all.flatMap(All::read);
  }

  @Override
  public Pass read() {
    return reading()
        .map(
            some ->
                new Pass(stack, some.rows(), contribution, dropout, relations, Optional.empty()))
        .orElse(this);
  }

  @Override
  public Tensor read(Tensor x) {
    return reading().map(some -> some.of().apply(x)).orElse(x);
  }

  At at(int layer, Point point, Tensor in) {
    return new At(new Site(stack, layer, point), in, rows);
  }

  private At at(int layer, Point point, Tensor in, Branch branch) {
    Site site = new Site(stack, layer, point);
    return new At(site, in, rows, out -> branch.joining().of(this, branch.residual(), out));
  }

  /** The same over rows that are no text's, such as those of a table. */
  Pass beside(Rows others) {
    return new Pass(stack, others, contribution, dropout, relations, Optional.empty());
  }

  /** The rows that are asked for at {@code at}. */
  List<Prompt> prompts(At at) {
    List<Prompt> prompts = contribution.prompts(at);
    for (Prompt prompt : prompts) {
      if (prompt.asked() != at.site().point()) {
        throw new IllegalArgumentException(
            "rows that join at " + prompt.joins() + " were given at " + at.site());
      }
    }
    return prompts;
  }

  /** With what joins x (B, T, H), the input of {@code layer}; empty where nothing does. */
  Optional<Single> join(int layer, Tensor x) {
    At at = at(layer, Point.LAYER_INPUT, x);
    List<Prompt> prompts = contribution.visits(at.site()) ? prompts(at) : List.of();
    if (prompts.isEmpty()) {
      return Optional.empty();
    }
    Layout wider = whole().layout.with(prompts);
    return Optional.of(new Single(wider.join(x, Prompt::rows), over(wider)));
  }

  @Override
  public Running joined(int layer, Tensor x) {
    return join(layer, x).map(Single::running).orElseGet(() -> new Running(x, this));
  }

  @Override
  public List<Single> each(Tensor x) {
    return List.of(new Single(x, this));
  }

  /** {@code out} with what the contribution adds at {@code at}. */
  Tensor plus(At at, Tensor out) {
    return contribution.delta(at, out).map(out::add).orElse(out);
  }

  /** What the contribution adds to {@code out}. */
  Optional<Tensor> delta(int layer, Point point, Tensor in, Tensor out) {
    return contribution.delta(at(layer, point, in), out);
  }

  /** As {@link #delta(int, Point, Tensor, Tensor)}, of a branch. */
  Optional<Tensor> delta(int layer, Point point, Tensor in, Tensor out, Branch branch) {
    return contribution.delta(at(layer, point, in, branch), out);
  }

  @Override
  public Optional<Tensor> bias() {
    return Optional.of(relations.hiding());
  }

  @Override
  public boolean visits(int layer, Point point) {
    return contribution.visits(new Site(stack, layer, point));
  }

  @Override
  public Tensor plus(int layer, Point point, Tensor in, Tensor out) {
    return delta(layer, point, in, out).map(out::add).orElse(out);
  }

  @Override
  public Tensor plus(int layer, Point point, Tensor in, Tensor out, Branch branch) {
    return delta(layer, point, in, out, branch).map(out::add).orElse(out);
  }

  @Override
  public Tensor attention(int layer, Projections projections, Branch branch, OwnAttention each) {
    Optional<KeyValue> prefix =
        contribution.prefix(at(layer, Point.ATTENTION, projections.in(), branch));
    Optional<UnaryOperator<Tensor>> asking =
        projections.read() ? reading().map(Reading::of) : Optional.empty();
    int before = prefix.map(KeyValue::length).orElse(0);
    return each.of(this, projections, prefix, relations.of(layer, asking, before));
  }
}
