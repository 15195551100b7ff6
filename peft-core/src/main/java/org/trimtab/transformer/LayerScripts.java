package org.trimtab.transformer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.StackSpec;
import org.trimtab.transformer.linear.Products;

/**
 * The parts of a stack's layers as functions in TorchScript, each of a list of operands.
 *
 * @param products how linear layers are computed
 */
record LayerScripts(StackSpec spec, Wiring wiring, Products products) {
  /** {@code query, key, value, bias} to the context. */
  String attention() {
    return function(List.of("q", "k", "v", "bias"), context("q", "k", "v", "bias"));
  }

  /** {@code query, key, value, bias, keys before, values before} to the context. */
  String prefixedAttention() {
    return function(List.of("q", "k", "v", "bias", "pk", "pv"), prefixed("q", "k", "v"));
  }

  /** {@code inner, x}, then the weights, to {@code norm(x + out(inner))}. */
  String attentionBranch() {
    return function(
        List.of("inner", "x", "wo", "bo", "g", "c"),
        norm(residual(products.linear("inner", "wo", "bo"), "x"), "g", "c"));
  }

  /** {@code x}, then the weights, to {@code down(activation(up(x)))}. */
  String feedForward() {
    return unpacked(List.of("x", "wu", "bu", "wd", "bd"))
        + ("    e = " + products.enter("x") + "\n")
        + ("    return " + down("e") + "\n");
  }

  /** {@code x}, then the weights, to {@code norm(x + down(activation(up(x))))}. */
  String feedForwardBranch() {
    return unpacked(List.of("x", "wu", "bu", "wd", "bd", "g", "c"))
        + ("    e = " + products.enter("x") + "\n")
        + ("    return " + norm(residual(down("e"), "x"), "g", "c") + "\n");
  }

  /**
   * {@code x}, the rows {@code r} of it that are read, {@code bias}, then the weights, to the
   * layer's output at those rows.
   */
  String layer() {
    List<String> operands =
        List.of(
            "x", "r", "bias", "wq", "bq", "wk", "bk", "wv", "bv", "wo", "bo", "g1", "c1", "wu",
            "bu", "wd", "bd", "g2", "c2");
    String context =
        context(
            products.linear("r", "wq", "bq"),
            products.leave(products.of("e", "wk", "bk")),
            products.leave(products.of("e", "wv", "bv")),
            "bias");
    String attended = residual(products.linear(context, "wo", "bo"), "r");
    return unpacked(operands)
        + ("    e = " + products.enter("x") + "\n")
        + ("    h = " + norm(attended, "g1", "c1") + "\n")
        + ("    f = " + products.enter("h") + "\n")
        + ("    return " + norm(residual(down("f"), "h"), "g2", "c2") + "\n");
  }

  /** Nothing hides the keys that stand before. */
  private String prefixed(String query, String key, String value) {
    return context(
        query,
        "torch.cat([pk, " + key + "], 1)",
        "torch.cat([pv, " + value + "], 1)",
        "torch.constant_pad_nd(bias, [torch.size(pk, 1), 0], 0.)");
  }

  private String context(String query, String key, String value, String bias) {
    return "torch.flatten(torch.transpose(torch.scaled_dot_product_attention(%s, %s, %s, %s, 0., False, scale=%s), 1, 2), 2, 3)"
        .formatted(
            heads(query, spec.heads()), shared(key), shared(value), bias, number(wiring.scale()));
  }

  /** (B, T, h d) to a view (B, h, T, d). */
  private String heads(String x, int heads) {
    return "torch.transpose(torch.unflatten(%s, 2, [%d, %d]), 1, 2)"
        .formatted(x, heads, spec.headWidth());
  }

  /** Keys or values (B, T, k d) to (B, h, T, d): each for all queries that share it. */
  private String shared(String x) {
    String own = heads(x, spec.keyValueHeads());
    int sharing = spec.heads() / spec.keyValueHeads();
    return sharing == 1 ? own : "torch.repeat_interleave(" + own + ", " + sharing + ", 1)";
  }

  /** Of {@code x}, which has entered products: as everything else takes it. */
  private String down(String x) {
    int parts = products.parts(spec.ffn());
    return products.leave(
        IntStream.range(0, parts)
            .mapToObj(part -> down(x, part, parts))
            .reduce(LayerScripts::residual)
            .orElseThrow());
  }

  /** By some of the inside alone; the output's bias comes once. */
  private String down(String x, int part, int parts) {
    int from = spec.ffn() * part / parts;
    int to = spec.ffn() * (part + 1) / parts;
    String wu = parts == 1 ? "wu" : "torch.slice(wu, 0, %d, %d, 1)".formatted(from, to);
    String bu = parts == 1 ? "bu" : "torch.slice(bu, 0, %d, %d, 1)".formatted(from, to);
    String wd =
        parts == 1 ? "wd" : "torch.contiguous(torch.slice(wd, 1, %d, %d, 1))".formatted(from, to);
    String active = products.active(wiring.activation(), products.of(x, wu, bu));
    return products.of(active, wd, part == 0 ? "bd" : "None");
  }

  private String norm(String x, String gain, String bias) {
    return "torch.layer_norm(%s, [%d], %s, %s, %s)"
        .formatted(x, spec.hidden(), gain, bias, number(wiring.norm().epsilon()));
  }

  private static String residual(String branch, String x) {
    return "torch.add(" + branch + ", " + x + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.17e", value);
  }

  private static String function(List<String> operands, String result) {
    return unpacked(operands) + "    return " + result + "\n";
  }

  private static String unpacked(List<String> operands) {
    return IntStream.range(0, operands.size())
        .mapToObj(i -> "    " + operands.get(i) + " = xs[" + i + "]\n")
        .collect(Collectors.joining());
  }
}
