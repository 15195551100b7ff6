package org.trimtab.methods;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.lora.NormGradient;

/** LoRA's settings, of which most tests change one or two. */
record Loras(
    int rank,
    double alpha,
    List<String> targets,
    Optional<String> pattern,
    List<Integer> layers,
    Map<String, Integer> ranks,
    double dropout,
    Biases biases,
    boolean dora) {
  /** Of some targets in all layers. */
  static Loras of(int rank, double alpha, String... targets) {
    return new Loras(
        rank,
        alpha,
        List.of(targets),
        Optional.empty(),
        List.of(),
        Map.of(),
        0,
        Biases.NONE,
        false);
  }

  Loras pattern(String regex) {
    return new Loras(
        rank, alpha, targets, Optional.of(regex), layers, ranks, dropout, biases, dora);
  }

  Loras layers(Integer... only) {
    return new Loras(rank, alpha, targets, pattern, List.of(only), ranks, dropout, biases, dora);
  }

  Loras ranks(Map<String, Integer> other) {
    return new Loras(rank, alpha, targets, pattern, layers, other, dropout, biases, dora);
  }

  Loras dropout(double rate) {
    return new Loras(rank, alpha, targets, pattern, layers, ranks, rate, biases, dora);
  }

  Loras biases(Biases trained) {
    return new Loras(rank, alpha, targets, pattern, layers, ranks, dropout, trained, dora);
  }

  Loras dora(boolean decomposed) {
    return new Loras(rank, alpha, targets, pattern, layers, ranks, dropout, biases, decomposed);
  }

  /** With exact gradients. */
  LoraConfig config() {
    return config(NormGradient.FULL);
  }

  LoraConfig config(NormGradient gradient) {
    return new LoraConfig(
        rank, alpha, targets, pattern, layers, ranks, Map.of(), false, dropout, biases, dora,
        gradient);
  }
}
