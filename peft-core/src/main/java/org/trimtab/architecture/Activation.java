package org.trimtab.architecture;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.trimtab.tensor.Tensor;

/**
 * The feed-forward's non-linearity.
 *
 * @param composed of operations
 * @param call the same in TorchScript, of {@code %s}
 */
public record Activation(UnaryOperator<Tensor> composed, String call) {
  private static final String GELU = "torch.gelu(%s)";
  private static final String RELU = "torch.relu(%s)";

  public Tensor apply(Tensor x) {
    return composed.apply(x);
  }

  public String script(String x) {
    return call.formatted(x);
  }

  /** Whether every library of products computes it, too: GELU in its exact form, and ReLU. */
  public boolean elementary() {
    return call.equals(GELU) || call.equals(RELU);
  }

  /**
   * The activation that Hugging Face calls {@code name}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Activation of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gelu" -> new Activation(Tensor::gelu, GELU);
      case "gelu_new", "gelu_pytorch_tanh" ->
          new Activation(Activation::tanhGelu, "torch.gelu(%s, approximate=\"tanh\")");
      case "relu" -> new Activation(Tensor::relu, RELU);
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
