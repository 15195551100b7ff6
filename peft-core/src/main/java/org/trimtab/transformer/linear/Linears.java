package org.trimtab.transformer.linear;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.trimtab.tensor.Tensor;

/** How the frozen linear layers of a stack are computed, one by one. */
public interface Linears {
  /** Operation by operation: what each {@code composed} gives. */
  Linears COMPOSED =
      new Linears() {
        @Override
        public Weights weights(String path, Weights exact) {
          return exact;
        }

        @Override
        public Tensor linear(Layer layer, Tensor x, Supplier<Tensor> composed) {
          return composed.get();
        }

        @Override
        public List<Tensor> projections(
            List<Layer> three, Tensor x, Supplier<List<Tensor>> composed) {
          return composed.get();
        }

        @Override
        public Linears with(NamedTensors weights, Set<String> replaced) {
          return this;
        }
      };

  /**
   * Those of a linear layer.
   *
   * @param weight (out, in)
   * @param bias (out)
   */
  record Weights(Tensor weight, Optional<Tensor> bias) {}

  /**
   * A linear layer.
   *
   * @param path its name
   * @param width out
   */
  record Layer(String path, int width, Weights exact) {}

  /** The weights that kernels of the layer called {@code path} take for {@code exact}. */
  Weights weights(String path, Weights exact);

  /** What {@code layer} makes of x (B, T, in): (B, T, out). */
  Tensor linear(Layer layer, Tensor x, Supplier<Tensor> composed);

  /** Query, key and value of x (B, T, H), which all three read. */
  List<Tensor> projections(List<Layer> three, Tensor x, Supplier<List<Tensor>> composed);

  /** These, where {@code replaced} of {@code weights} are others. */
  Linears with(NamedTensors weights, Set<String> replaced);
}
