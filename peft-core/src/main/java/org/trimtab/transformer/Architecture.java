package org.trimtab.transformer;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.Point;
import org.trimtab.tensor.Tensor;

/**
 * What tells one BERT-like encoder from another.
 *
 * @param family such as {@code bert}
 * @param positions how tokens are numbered
 * @param activation of the feed-forward
 * @param epsilon of every LayerNorm
 */
record Architecture(String family, Positions positions, Activation activation, double epsilon) {

  /** How positions are looked up. */
  interface Positions {
    /**
     * Rows of {@code table} (N, H) for the rows of {@code mask} (B, T), each {@code shift} further:
     * broadcastable (B, T, H).
     */
    Tensor lookup(Tensor table, Tensor mask, int shift);

    /** How many rows of a table of {@code size} rows stand for positions. */
    int usable(int size);
  }

  /**
   * The feed-forward's non-linearity.
   *
   * @param composed of operations
   * @param call the same in TorchScript, of {@code %s}
   */
  record Activation(UnaryOperator<Tensor> composed, String call) {
    Tensor apply(Tensor x) {
      return composed.apply(x);
    }

    String script(String x) {
      return call.formatted(x);
    }
  }

  /** A BERT has every point that there is; its pooler's only where that runs. */
  static Set<Point> points(boolean pooler) {
    return pooler ? EnumSet.allOf(Point.class) : EnumSet.complementOf(EnumSet.of(Point.POOLER));
  }

  /** BERT numbers rows from 0, padding too. */
  static Positions absolute() {
    return new Positions() {
      @Override
      public Tensor lookup(Tensor table, Tensor mask, int shift) {
        return table.tableRows(shift, mask);
      }

      @Override
      public int usable(int size) {
        return size;
      }
    };
  }

  /** RoBERTa numbers real rows from {@code padding + 1}; padding gets {@code padding} itself. */
  static Positions offsetBy(int padding) {
    return new Positions() {
      @Override
      public Tensor lookup(Tensor table, Tensor mask, int shift) {
        return table.lookup(mask.cumulativeSum().add(shift).mul(mask).add(padding).asIndex());
      }

      @Override
      public int usable(int size) {
        return size - padding - 1;
      }
    };
  }

  /**
   * The activation that Hugging Face calls {@code name}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Activation activation(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gelu" -> new Activation(Tensor::gelu, "torch.gelu(%s)");
      case "gelu_new", "gelu_pytorch_tanh" ->
          new Activation(Architecture::tanhGelu, "torch.gelu(%s, approximate=\"tanh\")");
      case "relu" -> new Activation(Tensor::relu, "torch.relu(%s)");
      case "silu", "swish" -> new Activation(Tensor::silu, "torch.silu(%s)");
      default ->
          throw new IllegalArgumentException(
              "unknown activation '"
                  + name
                  + "'; allowed: gelu, gelu_new, gelu_pytorch_tanh, relu, silu, swish");
    };
  }

  private static Tensor tanhGelu(Tensor x) {
    Tensor cubed = x.mul(x).mul(x).mul(0.044715);
    return x.add(cubed).mul(Math.sqrt(2 / Math.PI)).tanh().add(1).mul(x).mul(0.5);
  }
}
