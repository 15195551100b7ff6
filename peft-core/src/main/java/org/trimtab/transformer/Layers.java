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

import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.StackSpec;
import org.trimtab.tensor.Tensor;

/**
 * The layers of BERT and its like: each branch, then its residual, then a norm; scores scaled by 1
 * / √d, as many heads of keys as of queries, a mask of padding alone, a bias in every module.
 */
final class Layers {
  private final StackSpec spec;
  private final Architecture architecture;
  private final NamedTensors weights;

  Layers(StackSpec spec, Architecture architecture, NamedTensors weights) {
    this.spec = spec;
    this.architecture = architecture;
    this.weights = weights;
  }

  /** (B, T, H) to (B, T, H). */
  Tensor run(Tensor h, Pass pass) {
    Tensor bias = pass.rows().mask().maskBias();
    for (int layer = 0; layer < spec.layers(); layer++) {
      h = layer(layer, h, bias, pass);
    }
    return h;
  }

  private Tensor layer(int layer, Tensor input, Tensor bias, Pass pass) {
    Tensor x = pass.plus(pass.at(layer, LAYER_INPUT, input), input); // (B, T, H)
    Tensor attention = attention(layer, x, bias, pass); // (B, T, H)
    Tensor h = norm(layer, ATTENTION_NORM, x.add(attention), pass); // (B, T, H)
    return norm(layer, FFN_NORM, h.add(feedForward(layer, h, pass)), pass); // (B, T, H)
  }

  /** (B, T, H) to (B, T, H), {@code bias} (B, 1, 1, T); P keys and values stand before the T. */
  private Tensor attention(int layer, Tensor x, Tensor bias, Pass pass) {
    At at = pass.at(layer, ATTENTION, x, b -> norm(layer, ATTENTION_NORM, x.add(b), pass));
    Tensor query = linear(layer, QUERY, x, pass).mul(1 / Math.sqrt(spec.headWidth())); // (B, T, H)
    Tensor key = linear(layer, KEY, x, pass); // (B, T, H)
    Tensor value = linear(layer, VALUE, x, pass); // (B, T, H)
    Optional<KeyValue> prefix = pass.contribution().prefix(at);
    Tensor scores = scores(query, key).add(bias); // (B, h, T, T)
    if (prefix.isPresent()) {
      Tensor own = scores(query, prefix.get().key()); // (B, h, T, P)
      scores = prefix.get().logits().map(own::add).orElse(own).beside(scores); // (B, h, T, P + T)
      value = prefix.get().value().followedBy(value); // (B, P + T, H)
    }
    Tensor weights = pass.dropout().attention(scores.softmax()); // (B, h, T, P + T)
    Tensor context = weights.matmul(value.splitHeads(spec.heads())).mergeHeads(); // (B, T, H)
    Tensor inner = pass.plus(pass.at(layer, ATTENTION_INNER, context), context); // (B, T, H)
    return pass.plus(at, pass.dropout().hidden(linear(layer, ATTENTION_OUT, inner, pass)));
  }

  /** (B, h, T, P) of queries (B, T, H) and keys (B, P, H). */
  private Tensor scores(Tensor query, Tensor key) {
    Tensor queries = query.splitHeads(spec.heads()); // (B, h, T, d)
    Tensor keys = key.splitHeads(spec.heads()); // (B, h, P, d)
    return queries.matmul(keys.t()); // (B, h, T, P)
  }

  private Tensor feedForward(int layer, Tensor x, Pass pass) {
    Tensor active = architecture.activation().apply(linear(layer, FFN_UP, x, pass)); // (B, T, F)
    Tensor inner = pass.plus(pass.at(layer, FFN_INNER, active), active); // (B, T, F)
    Tensor out = pass.dropout().hidden(linear(layer, FFN_DOWN, inner, pass)); // (B, T, H)
    At at = pass.at(layer, FFN, x, b -> norm(layer, FFN_NORM, x.add(b), pass));
    return pass.plus(at, out);
  }

  /** The norm at {@code point} of x (B, T, H). */
  Tensor norm(int layer, Point point, Tensor x, Pass pass) {
    At at = pass.at(layer, point, x);
    String name = BertNames.of(at.site());
    Tensor gain = weights.get(name + ".weight");
    return pass.plus(at, x.layerNorm(gain, weights.get(name + ".bias"), architecture.epsilon()));
  }

  /** The linear layer at {@code point} of x (B, T, in): (B, T, out). */
  Tensor linear(int layer, Point point, Tensor x, Pass pass) {
    At at = pass.at(layer, point, x);
    String name = BertNames.of(at.site());
    return pass.plus(at, x.linear(weights.get(name + ".weight"), weights.get(name + ".bias")));
  }
}
