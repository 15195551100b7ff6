package org.trimtab.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Kernel;
import org.trimtab.tensor.Tensor;
import org.trimtab.transformer.linear.Products;

/**
 * Layers and their parts as kernels: attention without a matrix of scores (Dao et al., 2022, as
 * torch has it for processors), and nothing kept of what lies inside but what gradients need.
 *
 * @param attention of projections
 * @param prefixedAttention of projections, with keys and values before
 * @param attentionBranch from the output projection to the norm
 * @param feedForward up and down
 * @param feedForwardBranch up, down, residual and norm
 * @param layer all of it
 * @param branches whether there are kernels of more than attention
 */
record LayerKernels(
    Kernel attention,
    Kernel prefixedAttention,
    Kernel attentionBranch,
    Kernel feedForward,
    Kernel feedForwardBranch,
    Kernel layer,
    boolean branches) {
  /** None: every operation by itself. */
  static final LayerKernels NONE =
      new LayerKernels(
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          false);

  /**
   * Those of a stack, made by {@code compiler} of TorchScript.
   *
   * @param products of linear layers; in bfloat16 query, key and value are one product, and no
   *     layer is computed as a whole
   */
  static LayerKernels of(
      StackSpec spec, Wiring wiring, Products products, Function<String, Kernel> compiler) {
    LayerScripts scripts = new LayerScripts(spec, wiring, products);
    if (!wiring.plain()) {
      return new LayerKernels(
          compiler.apply(scripts.attention()),
          compiler.apply(scripts.prefixedAttention()),
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          Kernel.COMPOSED,
          false);
    }
    return new LayerKernels(
        compiler.apply(scripts.attention()),
        compiler.apply(scripts.prefixedAttention()),
        compiler.apply(scripts.attentionBranch()),
        compiler.apply(scripts.feedForward()),
        compiler.apply(scripts.feedForwardBranch()),
        products == Products.BF16 ? Kernel.COMPOSED : compiler.apply(scripts.layer()),
        true);
  }

  /**
   * Attention's context (B, T, h d) of projections.
   *
   * @param prefix without logits
   * @param bias (B, 1, 1, S) or (B, 1, T, S)
   */
  Tensor attention(
      Passes.Projections own, Optional<KeyValue> prefix, Tensor bias, Supplier<Tensor> composed) {
    List<Tensor> operands = new ArrayList<>(List.of(own.query(), own.key(), own.value(), bias));
    prefix.ifPresent(p -> operands.addAll(List.of(p.key(), p.value())));
    return (prefix.isPresent() ? prefixedAttention : attention).of(composed, operands);
  }
}
