package org.trimtab.adapterhub;

/** Modules as the adapters library names them, after their place in the model. */
public final class HubNames {
  private static final String ATTENTION = ".attention";
  private static final String FFN = ".ffn";

  private HubNames() {}

  /** The bottleneck of the branch at {@code path}, {@code encoder.layer.0.ffn} and the like. */
  public static String bottleneck(String path) {
    if (path.endsWith(FFN)) {
      return path.substring(0, path.length() - FFN.length()) + ".output.adapters";
    }
    return path + ".output.adapters";
  }

  /** A parameter's name of which the branch's path is what stands before {@code .adapter_}. */
  public static String ofBottleneck(String parameter) {
    int end = parameter.indexOf(".adapter_");
    String own = parameter.substring(end).replace(".adapter_down.", ".adapter_down.0.");
    return bottleneck(parameter.substring(0, end)) + own;
  }

  /** The low-rank update of the linear layer at {@code path}, or the vector that scales it. */
  public static String lora(String path) {
    return path + ".loras";
  }

  /** The gate of the prefix of the attention at {@code path}. */
  public static String prefixGate(String path) {
    return path.substring(0, path.length() - ATTENTION.length())
        + ".attention.self.prefix_tuning.prefix_gates";
  }
}
