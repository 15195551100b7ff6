package org.trimtab.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Kernel;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * The parts of a layer as kernels: attention without a matrix of scores (Dao et al., 2022, as torch
 * has it for processors), and branches with residual and norm, whose insides no graph and no scope
 * keeps.
 */
final class LayerKernels {
  private final Kernel attention;
  private final Kernel prefixed;
  private final Kernel attentionBranch;
  private final Kernel feedForward;
  private final Kernel feedForwardBranch;

  private LayerKernels(Text text, Compiler compiler) {
    attention = compiler.kernel(text.attention());
    prefixed = compiler.kernel(text.prefixedAttention());
    attentionBranch = compiler.kernel(text.attentionBranch());
    feedForward = compiler.kernel(text.feedForward());
    feedForwardBranch = compiler.kernel(text.feedForwardBranch());
  }

  /** Makes kernels of their texts. */
  @FunctionalInterface
  private interface Compiler {
    Kernel kernel(String text);
  }

  /** Those of a stack. */
  static LayerKernels of(StackSpec spec, Architecture architecture, boolean bf16, Tensors tensors) {
    return new LayerKernels(new Text(spec, architecture, bf16), tensors::kernel);
  }

  /** None: every operation by itself. */
  static LayerKernels none(StackSpec spec, Architecture architecture) {
    return new LayerKernels(new Text(spec, architecture, false), text -> Kernel.COMPOSED);
  }

  /**
   * Attention's context (B, T, H) of projections, {@code bias} (B, 1, 1, S).
   *
   * @param prefix without logits
   */
  Tensor attention(
      Layers.Passes.Projections own,
      Optional<KeyValue> prefix,
      Tensor bias,
      Supplier<Tensor> composed) {
    List<Tensor> operands = new ArrayList<>(List.of(own.query(), own.key(), own.value(), bias));
    prefix.ifPresent(p -> operands.addAll(List.of(p.key(), p.value())));
    return (prefix.isPresent() ? prefixed : attention).of(composed, operands);
  }

  /** {@code norm(x + linear(inner))}. */
  Tensor attentionBranch(
      Tensor inner, Tensor x, Weights out, Weights norm, Supplier<Tensor> composed) {
    return attentionBranch.of(
        composed, List.of(inner, x, out.weight(), out.bias(), norm.weight(), norm.bias()));
  }

  /** {@code down(activation(up(x)))}. */
  Tensor feedForward(Tensor x, Weights up, Weights down, Supplier<Tensor> composed) {
    return feedForward.of(composed, List.of(x, up.weight(), up.bias(), down.weight(), down.bias()));
  }

  /** {@code norm(x + down(activation(up(x))))}. */
  Tensor feedForwardBranch(
      Tensor x, Weights up, Weights down, Weights norm, Supplier<Tensor> composed) {
    return feedForwardBranch.of(
        composed,
        List.of(x, up.weight(), up.bias(), down.weight(), down.bias(), norm.weight(), norm.bias()));
  }

  /** Those of a linear layer or a norm. */
  record Weights(Tensor weight, Tensor bias) {}

  /** {@code x} in bfloat16. */
  static String half(String x) {
    return "torch.to(" + x + ", 15, False, False)";
  }

  /** {@code x} in single precision. */
  private static String single(String x) {
    return "torch.to(" + x + ", 6, False, False)";
  }

  /** A linear layer with weights in bfloat16, from single precision to single precision. */
  static String halfLinear(String x, String weight, String bias) {
    return single("torch.linear(" + half(x) + ", " + weight + ", " + bias + ")");
  }

  /**
   * The kernels in TorchScript.
   *
   * @param bf16 whether the weights of linear layers are in bfloat16
   */
  private record Text(StackSpec spec, Architecture architecture, boolean bf16) {
    String attention() {
      return attention("xs[1]", "xs[2]", "xs[3]");
    }

    /** Nothing hides the keys that stand before. */
    String prefixedAttention() {
      return attention(
          "torch.cat([xs[4], xs[1]], 1)",
          "torch.cat([xs[5], xs[2]], 1)",
          "torch.constant_pad_nd(xs[3], [torch.size(xs[4], 1), 0], 0.)");
    }

    private String attention(String key, String value, String bias) {
      return lines(
          "q = " + heads("xs[0]"),
          "k = " + heads(key),
          "v = " + heads(value),
          "c = torch.scaled_dot_product_attention(q, k, v, "
              + bias
              + ", 0., False, scale="
              + number(1 / Math.sqrt(spec.headWidth()))
              + ")",
          "return torch.flatten(torch.transpose(c, 1, 2), 2, 3)");
    }

    /** (B, T, H) to a view (B, h, T, d). */
    private String heads(String x) {
      return "torch.transpose(torch.reshape("
          + x
          + ", [torch.size("
          + x
          + ", 0), -1, "
          + spec.heads()
          + ", "
          + spec.headWidth()
          + "]), 1, 2)";
    }

    String attentionBranch() {
      return lines(
          "return " + norm("torch.add(" + linear("xs[0]", "xs[2]", "xs[3]") + ", xs[1])", 4));
    }

    String feedForward() {
      return lines("return " + down());
    }

    String feedForwardBranch() {
      return lines("return " + norm("torch.add(" + down() + ", xs[0])", 5));
    }

    private String down() {
      String up = "torch.linear(" + (bf16 ? half("xs[0]") : "xs[0]") + ", xs[1], xs[2])";
      String down = "torch.linear(" + architecture.activation().script(up) + ", xs[3], xs[4])";
      return bf16 ? single(down) : down;
    }

    private String linear(String x, String weight, String bias) {
      return bf16
          ? halfLinear(x, weight, bias)
          : "torch.linear(" + x + ", " + weight + ", " + bias + ")";
    }

    private String norm(String x, int weights) {
      return "torch.layer_norm("
          + x
          + ", ["
          + spec.hidden()
          + "], xs["
          + weights
          + "], xs["
          + (weights + 1)
          + "], "
          + number(architecture.epsilon())
          + ")";
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.17e", value);
    }

    private static String lines(String... statements) {
      return "    " + String.join("\n    ", statements) + "\n";
    }
  }
}
