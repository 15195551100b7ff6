package org.trimtab.transformer;

import static org.trimtab.backbone.Point.ATTENTION;
import static org.trimtab.backbone.Point.ATTENTION_INNER;
import static org.trimtab.backbone.Point.ATTENTION_NORM;
import static org.trimtab.backbone.Point.ATTENTION_OUT;
import static org.trimtab.backbone.Point.ATTENTION_POST_NORM;
import static org.trimtab.backbone.Point.FFN;
import static org.trimtab.backbone.Point.FFN_DOWN;
import static org.trimtab.backbone.Point.FFN_GATE;
import static org.trimtab.backbone.Point.FFN_INNER;
import static org.trimtab.backbone.Point.FFN_NORM;
import static org.trimtab.backbone.Point.FFN_POST_NORM;
import static org.trimtab.backbone.Point.FFN_UP;
import static org.trimtab.backbone.Point.KEY;
import static org.trimtab.backbone.Point.KEY_NORM;
import static org.trimtab.backbone.Point.LAYER_INPUT;
import static org.trimtab.backbone.Point.QUERY;
import static org.trimtab.backbone.Point.QUERY_NORM;
import static org.trimtab.backbone.Point.VALUE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.NormOrder;
import org.trimtab.architecture.Wiring;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Tensor;
import org.trimtab.transformer.linear.Linears;
import org.trimtab.transformer.linear.NamedTensors;

/**
 * The layers of a stack, as its wiring describes them: attention and feed-forward, each a branch of
 * the residual stream, with norms before or behind them.
 */
final class Layers {
  /** The points in a layer. */
  private static final List<Point> LAYER =
      Arrays.stream(Point.values()).filter(Point::inLayer).toList();

  private final StackSpec spec;
  private final Wiring wiring;
  private final Names names;
  private final NamedTensors weights;
  private final LayerKernels kernels;
  private final Attention attention;
  private final Optional<RelativeScores> relative;

  Layers(StackSpec spec, Architecture architecture, NamedTensors weights, LayerKernels kernels) {
    this.spec = spec;
    wiring = architecture.wiring(spec.stack());
    names = architecture.names();
    this.weights = weights;
    this.kernels = kernels;
    attention = new Attention(spec, wiring.scale(), kernels);
    relative =
        wiring
            .disentangled()
            .map(d -> new RelativeScores(spec, architecture, weights, d, this::linear));
  }

  /**
   * What enters the layer {@code first} to what enters the layer {@code end}; or what the last one
   * gives of the rows that are read in the end.
   */
  Passes.Running run(Passes.Running input, int first, int end) {
    Passes.Running at = input;
    for (int layer = first; layer < end; layer++) {
      Passes.Running joined = at.passes().joined(layer, at.rows());
      Passes passes = joined.passes();
      boolean last = layer == spec.layers() - 1;
      at =
          new Passes.Running(
              layer(layer, joined.rows(), passes, last), last ? passes.read() : passes);
    }
    return at;
  }

  /**
   * One layer.
   *
   * @param last whether what is computed of a row alone may be left out where nobody reads it
   */
  private Tensor layer(int layer, Tensor input, Passes passes, boolean last) {
    Optional<Tensor> bias =
        passes.bias().filter(b -> whole(layer, passes, LAYER.toArray(Point[]::new)));
    return bias.isPresent()
        ? kernels
            .layer()
            .of(
                () -> parts(layer, input, passes, last),
                with(
                    List.of(input, last ? passes.read(input) : input, bias.get()),
                    layer,
                    QUERY,
                    KEY,
                    VALUE,
                    ATTENTION_OUT,
                    ATTENTION_NORM,
                    FFN_UP,
                    FFN_DOWN,
                    FFN_NORM))
        : parts(layer, input, passes, last);
  }

  private Tensor parts(int layer, Tensor input, Passes passes, boolean last) {
    Tensor x = passes.plus(layer, LAYER_INPUT, input, input); // (B, T, H)
    Tensor in = entering(layer, ATTENTION_NORM, x, passes); // (B, T, H)
    Tensor context = attention(layer, in, x, passes, last); // (B, R, h d)
    Passes read = last ? passes.read() : passes;
    Tensor rest = last ? passes.read(x) : x; // (B, R, H)
    Tensor own = in == x ? rest : last ? passes.read(in) : in; // (B, R, H)
    return feedForward(layer, attended(layer, context, own, rest, read), read);
  }

  /** What a branch reads of the residual stream x, which {@code norm} may stand before. */
  private Tensor entering(int layer, Point norm, Tensor x, Passes passes) {
    return wiring.order().before() ? norm(layer, norm, x, passes) : x;
  }

  /** What becomes of the residual stream x: a branch is added, and {@code norm} may follow. */
  private Passes.Branch branch(int layer, Point norm, Tensor x) {
    return new Passes.Branch(
        x, (pass, residual, out) -> joined(layer, norm, residual.add(out), pass));
  }

  private Tensor joined(int layer, Point norm, Tensor sum, Passes passes) {
    return wiring.order().before() ? sum : norm(layer, norm, sum, passes);
  }

  /** Attention's context (B, R, h d) of what enters it, (B, T, H). */
  private Tensor attention(int layer, Tensor in, Tensor x, Passes passes, boolean last) {
    Passes.Projections projections =
        last
            ? new Passes.Projections(
                in,
                true,
                linear(layer, QUERY, passes.read(in), passes.read()),
                linear(layer, KEY, in, passes),
                linear(layer, VALUE, in, passes))
            : queryKeyValue(layer, in, passes);
    Pass.StackDropout dropout = passes.dropout();
    return passes.attention(
        layer,
        normed(layer, projections, passes, last ? passes.read() : passes),
        branch(layer, ATTENTION_NORM, x),
        (pass, own, prefix, relations) ->
            attention.context(
                own,
                prefix,
                relative.map(r -> r.added(layer, pass, own, relations)).orElse(relations),
                dropout));
  }

  /** With queries and keys normed, head by head, where the stack does so. */
  private Passes.Projections normed(
      int layer, Passes.Projections own, Passes passes, Passes asking) {
    return spec.points().contains(QUERY_NORM)
        ? own.with(
            heads(layer, QUERY_NORM, own.query(), asking),
            heads(layer, KEY_NORM, own.key(), passes))
        : own;
  }

  /** Each head of x (B, T, h d) normed by itself. */
  private Tensor heads(int layer, Point norm, Tensor x, Passes passes) {
    Tensor heads = x.view(0, 0, -1, spec.headWidth()); // (B, T, h, d)
    return norm(layer, norm, heads, passes).view(0, 0, -1);
  }

  /** What enters the feed-forward, of a context (B, T, h d) of {@code in}: (B, T, H). */
  private Tensor attended(int layer, Tensor context, Tensor in, Tensor x, Passes passes) {
    Tensor inner = passes.plus(layer, ATTENTION_INNER, context, context); // (B, T, h d)
    return whole(layer, passes, ATTENTION_OUT, ATTENTION, ATTENTION_NORM)
        ? kernels
            .attentionBranch()
            .of(
                () -> attentionBranch(layer, inner, in, x, passes),
                with(List.of(inner, x), layer, ATTENTION_OUT, ATTENTION_NORM))
        : attentionBranch(layer, inner, in, x, passes);
  }

  private Passes.Projections queryKeyValue(int layer, Tensor x, Passes passes) {
    List<Linears.Layer> three =
        Stream.of(QUERY, KEY, VALUE).map(point -> exact(layer, point)).toList();
    List<Tensor> frozen =
        weights
            .linears()
            .projections(three, x, () -> three.stream().map(own -> composed(own, x)).toList());
    return new Passes.Projections(
        x,
        false,
        passes.plus(layer, QUERY, x, frozen.get(0)),
        passes.plus(layer, KEY, x, frozen.get(1)),
        passes.plus(layer, VALUE, x, frozen.get(2)));
  }

  private Tensor attentionBranch(int layer, Tensor inner, Tensor in, Tensor x, Passes passes) {
    Tensor out = passes.dropout().hidden(linear(layer, ATTENTION_OUT, inner, passes)); // (B, T, H)
    Tensor normed = leaving(layer, ATTENTION_POST_NORM, out, passes);
    Tensor own =
        passes.plus(layer, ATTENTION, in, normed, branch(layer, ATTENTION_NORM, x)); // (B, T, H)
    return joined(layer, ATTENTION_NORM, x.add(own), passes);
  }

  /** What a branch gives, which {@code norm} may stand behind. */
  private Tensor leaving(int layer, Point norm, Tensor out, Passes passes) {
    return wiring.order() == NormOrder.AROUND ? norm(layer, norm, out, passes) : out;
  }

  /** Whether kernels compute what is at {@code points}: nobody looks in, and nothing is dropped. */
  private boolean whole(int layer, Passes passes, Point... points) {
    return kernels.branches()
        && passes.dropout().never()
        && Arrays.stream(points).noneMatch(point -> passes.visits(layer, point));
  }

  /** The feed-forward, residual and norms: (B, T, H) to (B, T, H). */
  private Tensor feedForward(int layer, Tensor x, Passes passes) {
    return whole(layer, passes, FFN_UP, FFN_INNER, FFN_DOWN, FFN, FFN_NORM)
        ? kernels
            .feedForwardBranch()
            .of(
                () -> feedForwardBranch(layer, x, passes),
                with(List.of(x), layer, FFN_UP, FFN_DOWN, FFN_NORM))
        : feedForwardBranch(layer, x, passes);
  }

  private Tensor feedForwardBranch(int layer, Tensor x, Passes passes) {
    Tensor in = entering(layer, FFN_NORM, x, passes); // (B, T, H)
    Tensor inner =
        whole(layer, passes, FFN_UP, FFN_INNER, FFN_DOWN)
            ? kernels
                .feedForward()
                .of(
                    () -> projections(layer, in, passes),
                    with(List.of(in), layer, FFN_UP, FFN_DOWN))
            : projections(layer, in, passes);
    Tensor out = leaving(layer, FFN_POST_NORM, passes.dropout().hidden(inner), passes); // (B, T, H)
    Tensor own = passes.plus(layer, FFN, in, out, branch(layer, FFN_NORM, x)); // (B, T, H)
    return joined(layer, FFN_NORM, x.add(own), passes);
  }

  /** Up, activated, and down: (B, T, H) to (B, T, H). */
  private Tensor projections(int layer, Tensor x, Passes passes) {
    Tensor active = active(layer, linear(layer, FFN_UP, x, passes), x, passes); // (B, T, F)
    Tensor inner = passes.plus(layer, FFN_INNER, active, active); // (B, T, F)
    return linear(layer, FFN_DOWN, inner, passes);
  }

  /** {@code up} (B, T, F) activated; or what it is multiplied with, where there is a gate. */
  private Tensor active(int layer, Tensor up, Tensor x, Passes passes) {
    return spec.points().contains(FFN_GATE)
        ? wiring.activation().apply(linear(layer, FFN_GATE, x, passes)).mul(up)
        : wiring.activation().apply(up);
  }

  /** {@code operands}, and behind them the weights and biases at {@code points}. */
  private List<Tensor> with(List<Tensor> operands, int layer, Point... points) {
    List<Tensor> all = new ArrayList<>(operands);
    for (Point point : points) {
      Linears.Weights exact = exact(layer, point).exact();
      Linears.Weights operand = weights.linears().weights(path(layer, point), exact);
      all.add(operand.weight());
      all.add(operand.bias().orElseThrow());
    }
    return all;
  }

  private String path(int layer, Point point) {
    return names.of(new Site(spec.stack(), layer, point));
  }

  /** The norm at {@code point} of x (..., n); x itself where this layer has none. */
  Tensor norm(int layer, Point point, Tensor x, Passes passes) {
    if (!spec.has(new Site(spec.stack(), layer, point))) {
      return x;
    }
    String name = path(layer, point);
    Tensor gain = weights.get(name + ".weight");
    Optional<Tensor> bias = weights.find(name + ".bias");
    return passes.plus(layer, point, x, wiring.norm().of(x, spec.outputWidth(point), gain, bias));
  }

  /** The linear layer at {@code point} of x (B, T, in): (B, T, out). */
  Tensor linear(int layer, Point point, Tensor x, Passes passes) {
    return passes.plus(layer, point, x, frozen(layer, point, x));
  }

  private Tensor frozen(int layer, Point point, Tensor x) {
    Linears.Layer own = exact(layer, point);
    return weights.linears().linear(own, x, () -> composed(own, x));
  }

  private Linears.Layer exact(int layer, Point point) {
    String name = path(layer, point);
    Tensor weight = weights.get(name + ".weight");
    return new Linears.Layer(
        name, spec.outputWidth(point), new Linears.Weights(weight, weights.find(name + ".bias")));
  }

  private static Tensor composed(Linears.Layer layer, Tensor x) {
    Tensor weight = layer.exact().weight();
    return layer
        .exact()
        .bias()
        .map(bias -> x.linear(weight, bias))
        .orElseGet(() -> x.linear(weight));
  }
}
