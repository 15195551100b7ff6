package org.trimtab.transformer;

import java.util.function.UnaryOperator;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Rows;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Tensor;

/** What stays the same during one forward pass of a stack. */
record Pass(Stack stack, Rows rows, Contribution contribution, StackDropout dropout) {
  /** The same pass over other rows. */
  Pass over(Rows other) {
    return new Pass(stack, other, contribution, dropout);
  }

  At at(int layer, Point point, Tensor in) {
    return new At(new Site(stack, layer, point), in, rows);
  }

  /** At a branch, which {@code join} would add. */
  At at(int layer, Point point, Tensor in, UnaryOperator<Tensor> join) {
    return new At(new Site(stack, layer, point), in, rows, join);
  }

  /** {@code out} with what the contribution adds at {@code at}. */
  Tensor plus(At at, Tensor out) {
    return contribution.delta(at, out).map(out::add).orElse(out);
  }
}
