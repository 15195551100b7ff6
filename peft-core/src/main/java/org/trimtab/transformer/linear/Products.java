package org.trimtab.transformer.linear;

import org.trimtab.architecture.Activation;

/**
 * By which product kernels compute linear layers, as texts of TorchScript: what enters one is in
 * its own format, and so is what leaves it.
 */
public enum Products {
  /** The engine's default. */
  DEFAULT("%s", "torch.linear(%s, %s, %s)", "%s"),
  /**
   * OneDNN's, in single precision. Many outputs are computed in parts, as the gradient's product
   * would sum over them in as many parts as there are threads: the last bits would tell how many.
   */
  ONEDNN("torch.to_mkldnn(%s)", "torch.mkldnn_linear(%s, %s, %s)", "torch.to_dense(%s)"),
  /** In bfloat16. */
  BF16(
      "torch.to(%s, 15, False, False)",
      "torch.linear(%s, %s, %s)", "torch.to(%s, 6, False, False)");

  /** Outputs of one product, whose gradient is one sum whatever the threads. */
  static final int MOST = 1024;

  private final String entering;
  private final String product;
  private final String leaving;

  Products(String entering, String product, String leaving) {
    this.entering = entering;
    this.product = product;
    this.leaving = leaving;
  }

  /** {@code x} as it enters. */
  public String enter(String x) {
    return entering.formatted(x);
  }

  /** {@code y}, a result, as everything else takes it. */
  public String leave(String y) {
    return leaving.formatted(y);
  }

  /** Of {@code x}, which has entered. */
  public String of(String x, String weight, String bias) {
    return product.formatted(x, weight, bias);
  }

  /** A linear layer of {@code x} as everything else has it, and so its result. */
  public String linear(String x, String weight, String bias) {
    return leave(of(enter(x), weight, bias));
  }

  /** In how many parts {@code outputs} are computed. */
  public int parts(int outputs) {
    return this == ONEDNN ? (outputs + MOST - 1) / MOST : 1;
  }

  /** The activation of {@code y}, a result, in the format of products. */
  public String active(Activation activation, String y) {
    return this == ONEDNN && !activation.elementary()
        ? enter(activation.script(leave(y)))
        : activation.script(y);
  }
}
