package org.trimtab.methods.lora;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.Site;
import org.trimtab.method.Setup;
import org.trimtab.method.site.Target;
import org.trimtab.method.site.Targets;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * The low-rank update of one linear layer as Hugging Face's model has it. Where that is several
 * sites, such as query, key and value in one matrix, they share A, and each has its own rows of B
 * and of DoRA's magnitude.
 */
final class LowRankUpdate {
  private final Map<Site, LowRankPart> parts = new LinkedHashMap<>();

  /** Adds A, B and DoRA's magnitude to {@code params}, by Hugging Face PEFT's names. */
  LowRankUpdate(LoraConfig config, Target target, Setup setup, Params params) {
    Backbone backbone = setup.backbone();
    int rank = rank(config, target, backbone);
    double alpha =
        Targets.first("alphaPattern", config.alphaPattern().keySet(), target, backbone)
            .map(config.alphaPattern()::get)
            .orElse(config.alpha());
    double scale = alpha / (config.rankStabilized() ? Math.sqrt(rank) : rank);
    int in = setup.spec().inputWidth(target.first());
    int out = target.outputWidth(setup.spec());
    Tensor a = setup.init().uniform(1 / Math.sqrt(in), rank, in);
    Tensor b = setup.init().zeros(out, rank);
    LowRankPart.Factors factors =
        new LowRankPart.Factors(
            rank,
            scale,
            params.add("lora", target.path() + ".lora_A.weight", a),
            params.add("lora", target.path() + ".lora_B.weight", b));
    List<double[]> norms = config.dora() ? norms(target, backbone) : List.of();
    Optional<Tensor> magnitude = magnitude(norms, target, setup, params);
    int row = 0;
    for (int i = 0; i < target.sites().size(); i++) {
      Site site = target.sites().get(i);
      int end = row + setup.spec().outputWidth(site);
      Optional<Tensor> normless =
          config.dora()
              ? LowRankPart.normless(setup.init().tensors(), norms.get(i))
              : Optional.empty();
      PartRows rows = new PartRows(row, end, end - row == out);
      FrozenLinear frozen = backbone.linear(site);
      parts.put(site, new LowRankPart(config, frozen, factors, magnitude, rows, normless));
      row = end;
    }
  }

  /** r of {@code target}. */
  static int rank(LoraConfig config, Target target, Backbone backbone) {
    return Targets.first("rankPattern", config.rankPattern().keySet(), target, backbone)
        .map(config.rankPattern()::get)
        .orElse(config.rank());
  }

  /** What is added at each site. */
  Map<Site, LowRankPart> parts() {
    return parts;
  }

  /** DoRA's, which starts as the norms of all rows (out). */
  private static Optional<Tensor> magnitude(
      List<double[]> norms, Target target, Setup setup, Params params) {
    if (norms.isEmpty()) {
      return Optional.empty();
    }
    double[] all = norms.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    Tensor start = setup.init().tensors().of(all, all.length);
    return Optional.of(params.add("lora", target.path() + ".lora_magnitude_vector", start));
  }

  private static List<double[]> norms(Target target, Backbone backbone) {
    List<double[]> norms = new ArrayList<>();
    target
        .sites()
        .forEach(site -> norms.add(norms(backbone.linear(site).weight(), backbone.tensors())));
    return norms;
  }

  /** The norms of a frozen weight's rows, computed on the host: (out). */
  private static double[] norms(Tensor weight, Tensors tensors) {
    double[] values = tensors.doubles(weight);
    int out = (int) tensors.shape(weight)[0];
    int in = values.length / out;
    double[] norms = new double[out];
    for (int row = 0; row < out; row++) {
      double sum = 0;
      for (int i = row * in; i < (row + 1) * in; i++) {
        sum += values[i] * values[i];
      }
      norms[row] = Math.sqrt(sum);
    }
    return norms;
  }
}
