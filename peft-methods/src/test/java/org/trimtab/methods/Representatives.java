package org.trimtab.methods;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.method.MethodConfig;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.lora.NormGradient;

/**
 * One of each method, and those that look at a pass in another way: what the contract holds on
 * wirings other than BERT's.
 *
 * @param without those that such a wiring refuses
 */
record Representatives(Set<String> without) {
  private static final Set<String> CHOSEN =
      Set.of(
          "head-only",
          "prompt AFTER_CLS true",
          "prompt FIRST true",
          "prompt before layer 1 FIRST",
          "residual-prompt TANH true",
          "p-tuning MLP",
          "prefix NONE",
          "prefix MLP",
          "prefix shifted",
          "adapter NORMALIZED",
          "adapter BRANCH",
          "compacter NORMALIZED",
          "ia3",
          "bitfit",
          "dept",
          "attempt",
          "sum",
          "unipelt of a sum");

  /** By name. */
  Map<String, MethodConfig> methods() {
    Map<String, MethodConfig> chosen = new LinkedHashMap<>(new ContractTest().methods());
    chosen.keySet().retainAll(CHOSEN);
    chosen.put("lora", lora(false));
    chosen.put("dora", lora(true));
    without.forEach(chosen::remove);
    return chosen;
  }

  /** Those that weights can take over. */
  Set<String> merging() {
    return Stream.of("lora", "dora", "ia3", "bitfit").collect(Collectors.toSet());
  }

  private static LoraConfig lora(boolean dora) {
    return new LoraConfig(
        2,
        4,
        List.of("query", "value", "ffn-down"),
        Optional.empty(),
        List.of(),
        Map.of(),
        Map.of(),
        true,
        0,
        Biases.NONE,
        dora,
        NormGradient.FULL);
  }
}
