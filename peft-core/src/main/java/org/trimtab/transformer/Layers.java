package org.trimtab.transformer;

import static org.trimtab.backbone.Point.ATTENTION;
import static org.trimtab.backbone.Point.ATTENTION_INNER;
import static org.trimtab.backbone.Point.ATTENTION_NORM;
import static org.trimtab.backbone.Point.ATTENTION_OUT;
import static org.trimtab.backbone.Point.FFN;
import static org.trimtab.backbone.Point.FFN_DOWN;
import static org.trimtab.backbone.Point.FFN_INNER;
import static org.trimtab.backbone.Point.FFN_NORM;
import static org.trimtab.backbone.Point.FFN_UP;
import static org.trimtab.backbone.Point.KEY;
import static org.trimtab.backbone.Point.LAYER_INPUT;
import static org.trimtab.backbone.Point.QUERY;
import static org.trimtab.backbone.Point.VALUE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Tensor;

/**
 * The layers of BERT and its like: each branch, then its residual, then a norm; scores scaled by 1
 * / √d, as many heads of keys as of queries, a mask of padding alone, a bias in every module.
 */
final class Layers {
  /**
   * One pass, or several at once: what is computed row by row need not know of which pass a row is;
   * what is contributed, and attention, meet each pass's own rows.
   */
  interface Passes {
    Pass.StackDropout dropout();

    /** Of a single pass (B, 1, 1, T), added to the scores of keys: hides padding. */
    Optional<Tensor> bias();

    /** The rows that enter {@code layer}, x, with those that join there. */
    Running joined(int layer, Tensor x);

    /** The passes one by one, with their own rows of x. */
    List<Pass.Single> each(Tensor x);

    /** Whether anything is contributed at {@code point}, or looked at. */
    boolean visits(int layer, Point point);

    /** {@code out} with what is contributed at {@code point}, which {@code in} entered. */
    Tensor plus(int layer, Point point, Tensor in, Tensor out);

    /** As {@link #plus(int, Point, Tensor, Tensor)}, of a branch. */
    Tensor plus(int layer, Point point, Tensor in, Tensor out, Joining joining);

    /**
     * What {@code each} gives of the rows of each pass, with its prefix.
     *
     * @param projections queries of all rows, or in the last layer of those that are read
     */
    Tensor attention(int layer, Projections projections, Joining joining, Attention each);

    /** These over the rows alone that are read in the end. */
    Passes read();

    /** The rows of {@code x} that are read in the end. */
    Tensor read(Tensor x);

    /** Rows (B, T, H), or (1, N, H) of several passes, and whose they are. */
    record Running(Tensor rows, Passes passes) {
      List<Pass.Single> each() {
        return passes.each(rows);
      }
    }

    /** What residual and norm make of a pass's branch. */
    @FunctionalInterface
    interface Joining {
      Tensor of(Pass pass, Tensor in, Tensor branch);
    }

    /**
     * What enters an attention, and what its layers make of it.
     *
     * @param read whether queries are of the rows that are read in the end, not of all
     */
    record Projections(Tensor in, boolean read, Tensor query, Tensor key, Tensor value) {}

    /** The attention of one pass. */
    @FunctionalInterface
    interface Attention {
      /** (B, T, H); {@code bias} is (B, 1, 1, T). */
      Tensor of(Projections own, Optional<KeyValue> prefix, Tensor bias);
    }
  }

  /** The points in a layer. */
  private static final List<Point> LAYER =
      Arrays.stream(Point.values()).filter(Point::inLayer).toList();

  private final StackSpec spec;
  private final Architecture architecture;
  private final NamedTensors weights;
  private final LayerKernels kernels;

  Layers(StackSpec spec, Architecture architecture, NamedTensors weights, LayerKernels kernels) {
    this.spec = spec;
    this.architecture = architecture;
    this.weights = weights;
    this.kernels = kernels;
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
    Tensor context = attention(layer, x, passes, last); // (B, R, H)
    Passes read = last ? passes.read() : passes;
    Tensor h = attended(layer, context, last ? passes.read(x) : x, read);
    return feedForward(layer, h, read);
  }

  /** Attention's context (B, R, H) of x (B, T, H). */
  private Tensor attention(int layer, Tensor x, Passes passes, boolean last) {
    Passes.Projections projections =
        last
            ? new Passes.Projections(
                x,
                true,
                linear(layer, QUERY, passes.read(x), passes.read()),
                linear(layer, KEY, x, passes),
                linear(layer, VALUE, x, passes))
            : queryKeyValue(layer, x, passes);
    Pass.StackDropout dropout = passes.dropout();
    return passes.attention(
        layer,
        projections,
        (pass, in, b) -> norm(layer, ATTENTION_NORM, in.add(b), pass),
        (own, prefix, bias) -> context(own, prefix, bias, dropout));
  }

  /** What enters the feed-forward, of a context and of what entered the layer: (B, T, H). */
  private Tensor attended(int layer, Tensor context, Tensor x, Passes passes) {
    Tensor inner = passes.plus(layer, ATTENTION_INNER, context, context); // (B, T, H)
    return whole(layer, passes, ATTENTION_OUT, ATTENTION, ATTENTION_NORM)
        ? kernels
            .attentionBranch()
            .of(
                () -> attentionBranch(layer, inner, x, passes),
                with(List.of(inner, x), layer, ATTENTION_OUT, ATTENTION_NORM))
        : attentionBranch(layer, inner, x, passes);
  }

  private Passes.Projections queryKeyValue(int layer, Tensor x, Passes passes) {
    List<Tensor> frozen =
        weights
            .halves()
            .projections(
                layer,
                x,
                () -> Stream.of(QUERY, KEY, VALUE).map(p -> frozen(layer, p, x)).toList());
    return new Passes.Projections(
        x,
        false,
        passes.plus(layer, QUERY, x, frozen.get(0)),
        passes.plus(layer, KEY, x, frozen.get(1)),
        passes.plus(layer, VALUE, x, frozen.get(2)));
  }

  private Tensor attentionBranch(int layer, Tensor inner, Tensor x, Passes passes) {
    Tensor out = passes.dropout().hidden(linear(layer, ATTENTION_OUT, inner, passes)); // (B, T, H)
    Passes.Joining joining = (pass, in, b) -> norm(layer, ATTENTION_NORM, in.add(b), pass);
    Tensor branch = passes.plus(layer, ATTENTION, x, out, joining); // (B, T, H)
    return norm(layer, ATTENTION_NORM, x.add(branch), passes);
  }

  /** Whether nobody looks in at {@code points}, and nothing is dropped. */
  private static boolean whole(int layer, Passes passes, Point... points) {
    return passes.dropout().never()
        && Arrays.stream(points).noneMatch(point -> passes.visits(layer, point));
  }

  /** (B, T, H), {@code bias} (B, 1, 1, T). */
  private Tensor context(
      Passes.Projections own, Optional<KeyValue> prefix, Tensor bias, Pass.StackDropout dropout) {
    boolean scored = prefix.flatMap(KeyValue::logits).isPresent();
    return dropout.never() && !scored
        ? kernels.attention(own, prefix, bias, () -> composed(own, prefix, bias, dropout))
        : composed(own, prefix, bias, dropout);
  }

  /** As {@link #context}; P keys and values stand before the T. */
  private Tensor composed(
      Passes.Projections own, Optional<KeyValue> prefix, Tensor bias, Pass.StackDropout dropout) {
    Tensor query = own.query().mul(1 / Math.sqrt(spec.headWidth())); // (B, T, H)
    Tensor value = own.value(); // (B, T, H)
    Tensor scores = scores(query, own.key()).add(bias); // (B, h, T, T)
    if (prefix.isPresent()) {
      Tensor before = scores(query, prefix.get().key()); // (B, h, T, P)
      scores =
          prefix.get().logits().map(before::add).orElse(before).beside(scores); // (B, h, T, P + T)
      value = prefix.get().value().followedBy(value); // (B, P + T, H)
    }
    Tensor weights = dropout.attention(scores.softmax()); // (B, h, T, P + T)
    return weights.matmul(value.splitHeads(spec.heads())).mergeHeads();
  }

  /** (B, h, T, P) of queries (B, T, H) and keys (B, P, H). */
  private Tensor scores(Tensor query, Tensor key) {
    Tensor queries = query.splitHeads(spec.heads()); // (B, h, T, d)
    Tensor keys = key.splitHeads(spec.heads()); // (B, h, P, d)
    return queries.matmul(keys.t()); // (B, h, T, P)
  }

  /** The feed-forward, residual and norm: (B, T, H) to (B, T, H). */
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
    Tensor inner =
        whole(layer, passes, FFN_UP, FFN_INNER, FFN_DOWN)
            ? kernels
                .feedForward()
                .of(() -> projections(layer, x, passes), with(List.of(x), layer, FFN_UP, FFN_DOWN))
            : projections(layer, x, passes);
    Tensor out = passes.dropout().hidden(inner); // (B, T, H)
    Passes.Joining joining = (pass, in, b) -> norm(layer, FFN_NORM, in.add(b), pass);
    Tensor branch = passes.plus(layer, FFN, x, out, joining); // (B, T, H)
    return norm(layer, FFN_NORM, x.add(branch), passes);
  }

  /** Up, activated, and down: (B, T, H) to (B, T, H). */
  private Tensor projections(int layer, Tensor x, Passes passes) {
    Tensor active = architecture.activation().apply(linear(layer, FFN_UP, x, passes)); // (B, T, F)
    Tensor inner = passes.plus(layer, FFN_INNER, active, active); // (B, T, F)
    return linear(layer, FFN_DOWN, inner, passes);
  }

  /** {@code operands}, and behind them the weights and biases at {@code points}. */
  private List<Tensor> with(List<Tensor> operands, int layer, Point... points) {
    List<Tensor> all = new ArrayList<>(operands);
    for (Point point : points) {
      String name = BertNames.of(new Site(spec.stack(), layer, point));
      HalfLinears.Weights exact =
          new HalfLinears.Weights(weights.get(name + ".weight"), weights.get(name + ".bias"));
      HalfLinears.Weights operand = weights.halves().weights(name, exact);
      all.add(operand.weight());
      all.add(operand.bias());
    }
    return all;
  }

  /** The norm at {@code point} of x (B, T, H). */
  Tensor norm(int layer, Point point, Tensor x, Passes passes) {
    String name = BertNames.of(new Site(spec.stack(), layer, point));
    Tensor gain = weights.get(name + ".weight");
    return passes.plus(
        layer, point, x, x.layerNorm(gain, weights.get(name + ".bias"), architecture.epsilon()));
  }

  /** The linear layer at {@code point} of x (B, T, in): (B, T, out). */
  Tensor linear(int layer, Point point, Tensor x, Passes passes) {
    return passes.plus(layer, point, x, frozen(layer, point, x));
  }

  private Tensor frozen(int layer, Point point, Tensor x) {
    String name = BertNames.of(new Site(spec.stack(), layer, point));
    return weights
        .halves()
        .linear(
            name, x, () -> x.linear(weights.get(name + ".weight"), weights.get(name + ".bias")));
  }
}
