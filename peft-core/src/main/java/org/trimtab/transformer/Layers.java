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

/** The layers of a post-norm encoder: each branch, then its residual, then a norm. */
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
    Tensor x = pass.plus(pass.at(layer, LAYER_INPUT, input), input);
    Tensor attention = attention(layer, x, bias, pass);
    Tensor h = norm(layer, ATTENTION_NORM, x.add(attention), pass);
    return norm(layer, FFN_NORM, h.add(feedForward(layer, h, pass)), pass);
  }

  private Tensor attention(int layer, Tensor x, Tensor bias, Pass pass) {
    At at = pass.at(layer, ATTENTION, x, b -> norm(layer, ATTENTION_NORM, x.add(b), pass));
    Tensor query = linear(layer, QUERY, x, pass).mul(1 / Math.sqrt(spec.headWidth()));
    Tensor key = linear(layer, KEY, x, pass);
    Tensor value = linear(layer, VALUE, x, pass);
    Optional<KeyValue> prefix = pass.contribution().prefix(at);
    Tensor scores = scores(query, key).add(bias);
    if (prefix.isPresent()) {
      Tensor own = scores(query, prefix.get().key());
      scores = prefix.get().logits().map(own::add).orElse(own).beside(scores);
      value = prefix.get().value().followedBy(value);
    }
    Tensor weights = pass.dropout().attention(scores.softmax());
    Tensor context = weights.matmul(value.splitHeads(spec.heads())).mergeHeads();
    Tensor inner = pass.plus(pass.at(layer, ATTENTION_INNER, context), context);
    return pass.plus(at, pass.dropout().hidden(linear(layer, ATTENTION_OUT, inner, pass)));
  }

  /** (B, h, T, P) of queries (B, T, H) and keys (B, P, H). */
  private Tensor scores(Tensor query, Tensor key) {
    return query.splitHeads(spec.heads()).matmul(key.splitHeads(spec.heads()).t());
  }

  private Tensor feedForward(int layer, Tensor x, Pass pass) {
    Tensor active = architecture.activation().apply(linear(layer, FFN_UP, x, pass));
    Tensor inner = pass.plus(pass.at(layer, FFN_INNER, active), active);
    Tensor out = pass.dropout().hidden(linear(layer, FFN_DOWN, inner, pass));
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
