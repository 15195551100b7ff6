package org.trimtab.transformer;

import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Rows;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.base.Lazy;
import org.trimtab.tensor.Tensor;

/**
 * What stays the same during one forward pass of a stack over one input, whose rows stay (B, T, H).
 *
 * @param hiding (B, 1, 1, T), added to the scores of keys: hides padding
 * @param reading the rows that are read in the end, where these are not all
 */
record Pass(
    Stack stack,
    Rows rows,
    Contribution contribution,
    StackDropout dropout,
    Lazy<Tensor> hiding,
    Optional<Reading> reading)
    implements Layers.Passes {
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

  Pass(Stack stack, Rows rows, Contribution contribution, StackDropout dropout) {
    this(
        stack,
        rows,
        contribution,
        dropout,
        new Lazy<>(() -> rows.mask().maskBias()),
        Optional.empty());
  }

  /** The same pass over other rows. */
  Pass over(Rows other) {
    return new Pass(stack, other, contribution, dropout);
  }

  /** The same pass, of which in the end some rows are read. */
  Pass reading(Optional<Reading> some) {
    return new Pass(stack, rows, contribution, dropout, hiding, some);
  }

  @Override
  public Pass read() {
    return reading.map(some -> over(some.rows())).orElse(this);
  }

  @Override
  public Tensor read(Tensor x) {
    return reading.map(some -> some.of().apply(x)).orElse(x);
  }

  At at(int layer, Point point, Tensor in) {
    return new At(new Site(stack, layer, point), in, rows);
  }

  private At at(int layer, Point point, Tensor in, Layers.Passes.Joining joining) {
    Site site = new Site(stack, layer, point);
    return new At(site, in, rows, branch -> joining.of(this, in, branch));
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
  Optional<Tensor> delta(
      int layer, Point point, Tensor in, Tensor out, Layers.Passes.Joining joining) {
    return contribution.delta(at(layer, point, in, joining), out);
  }

  @Override
  public Optional<Tensor> bias() {
    return Optional.of(hiding.get());
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
  public Tensor plus(int layer, Point point, Tensor in, Tensor out, Layers.Passes.Joining joining) {
    return delta(layer, point, in, out, joining).map(out::add).orElse(out);
  }

  @Override
  public Tensor attention(
      int layer,
      Layers.Passes.Projections projections,
      Layers.Passes.Joining joining,
      Layers.Passes.Attention each) {
    Optional<KeyValue> prefix =
        contribution.prefix(at(layer, Point.ATTENTION, projections.in(), joining));
    return each.of(projections, prefix, hiding.get());
  }
}
