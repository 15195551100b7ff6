package org.trimtab.jmh.subject;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * Counts what a method hands over for each example of one pass: virtual tokens at the input and at
 * layers, prefix keys and values. Deltas of layers are results, not parameters, and not counted.
 */
final class MadeValues {
  private final Contribution own;
  private final int promptRows;
  private final Tensors tensors;
  private long values;

  MadeValues(Contribution own, int promptRows, Tensors tensors) {
    this.own = own;
    this.promptRows = promptRows;
    this.tensors = tensors;
  }

  /** After the pass of a batch of {@code examples}. */
  long perExample(int examples) {
    return values / examples;
  }

  private long size(Tensor tensor) {
    return Arrays.stream(tensors.shape(tensor)).reduce(1, (a, b) -> a * b);
  }

  /** The contribution, counted. */
  Contribution counting() {
    return new Contribution() {
      @Override
      public boolean visits(Site site) {
        return own.visits(site);
      }

      @Override
      public List<Prompt> prompts(At at) {
        List<Prompt> prompts = own.prompts(at);
        prompts.forEach(prompt -> values += size(prompt.rows()));
        return prompts;
      }

      @Override
      public int shift(Stack stack) {
        return own.shift(stack);
      }

      @Override
      public Optional<KeyValue> prefix(At at) {
        Optional<KeyValue> prefix = own.prefix(at);
        prefix.ifPresent(p -> values += size(p.key()) + size(p.value()));
        return prefix;
      }

      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        Optional<Tensor> delta = own.delta(at, out);
        if (delta.isPresent() && at.site().point() == Point.LAYER_INPUT) {
          long[] shape = tensors.shape(at.in());
          values += shape[0] * promptRows * shape[2]; // zeros but for the prompt's rows
        }
        return delta;
      }
    };
  }
}
