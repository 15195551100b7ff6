package org.trimtab.transformer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.StackSpec;

/**
 * The parts of a stack's layers as functions in TorchScript, each of a list of operands.
 *
 * @param bf16 whether the weights of linear layers are in bfloat16
 */
record LayerScripts(StackSpec spec, Wiring wiring, boolean bf16) {
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
        norm(residual(linear("inner", "wo", "bo"), "x"), "g", "c"));
  }

  /** {@code x}, then the weights, to {@code down(activation(up(x)))}. */
  String feedForward() {
    return function(List.of("x", "wu", "bu", "wd", "bd"), down("x"));
  }

  /** {@code x}, then the weights, to {@code norm(x + down(activation(up(x))))}. */
  String feedForwardBranch() {
    return function(
        List.of("x", "wu", "bu", "wd", "bd", "g", "c"), norm(residual(down("x"), "x"), "g", "c"));
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
        context(linear("r", "wq", "bq"), linear("x", "wk", "bk"), linear("x", "wv", "bv"), "bias");
    return unpacked(operands)
        + ("    h = " + norm(residual(linear(context, "wo", "bo"), "r"), "g1", "c1") + "\n")
        + ("    return " + norm(residual(down("h"), "h"), "g2", "c2") + "\n");
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

  private String down(String x) {
    String active = wiring.activation().script(product(bf16 ? half(x) : x, "wu", "bu"));
    String down = product(active, "wd", "bd");
    return bf16 ? single(down) : down;
  }

  private String norm(String x, String gain, String bias) {
    return "torch.layer_norm(%s, [%d], %s, %s, %s)"
        .formatted(x, spec.hidden(), gain, bias, number(wiring.norm().epsilon()));
  }

  private static String residual(String branch, String x) {
    return "torch.add(" + branch + ", " + x + ")";
  }

  private String linear(String x, String weight, String bias) {
    return bf16 ? halfLinear(x, weight, bias) : product(x, weight, bias);
  }

  private static String product(String x, String weight, String bias) {
    return "torch.linear(" + x + ", " + weight + ", " + bias + ")";
  }

  /** A linear layer with weights in bfloat16, from single precision to single precision. */
  static String halfLinear(String x, String weight, String bias) {
    return single(product(half(x), weight, bias));
  }

  /** {@code x} in bfloat16. */
  static String half(String x) {
    return "torch.to(" + x + ", 15, False, False)";
  }

  private static String single(String x) {
    return "torch.to(" + x + ", 6, False, False)";
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
