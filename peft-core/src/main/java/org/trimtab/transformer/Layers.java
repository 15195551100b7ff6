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
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.tensor.Tensor;

/** The layers of a post-norm encoder: each branch, then its residual, then a norm. */
final class Layers {
  private final BackboneSpec spec;
  private final Architecture architecture;
  private final Weights weights;

  Layers(BackboneSpec spec, Architecture architecture, Weights weights) {
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
    At at = pass.at(layer, ATTENTION, x);
    Tensor query = linear(layer, QUERY, x, pass).mul(1 / Math.sqrt(spec.headWidth()));
    Tensor key = linear(layer, KEY, x, pass);
    Tensor value = linear(layer, VALUE, x, pass);
    Optional<KeyValue> prefix = pass.contribution().prefix(at);
    if (prefix.isPresent()) {
      KeyValue p = prefix.get();
      key = p.key().followedBy(key);
      value = p.value().followedBy(value);
      bias = pass.rows().mask().onesBeside(p.length()).followedBy(pass.rows().mask()).maskBias();
    }
    Tensor context = attend(query, key, value, bias, pass);
    Tensor inner = pass.plus(pass.at(layer, ATTENTION_INNER, context), context);
    return pass.plus(at, pass.hiddenDropout(linear(layer, ATTENTION_OUT, inner, pass)));
  }

  private Tensor attend(Tensor query, Tensor key, Tensor value, Tensor bias, Pass pass) {
    int heads = spec.heads();
    Tensor scores = query.splitHeads(heads).matmul(key.splitHeads(heads).t()).add(bias);
    Tensor weighted = pass.attentionDropout(scores.softmax());
    return weighted.matmul(value.splitHeads(heads)).mergeHeads();
  }

  private Tensor feedForward(int layer, Tensor x, Pass pass) {
    Tensor active = architecture.activation().apply(linear(layer, FFN_UP, x, pass));
    Tensor inner = pass.plus(pass.at(layer, FFN_INNER, active), active);
    Tensor out = pass.hiddenDropout(linear(layer, FFN_DOWN, inner, pass));
    return pass.plus(pass.at(layer, FFN, x), out);
  }

  private Tensor norm(int layer, Point point, Tensor x, Pass pass) {
    String name = Names.of(layer, point);
    Tensor out =
        x.layerNorm(
            weights.get(name + ".weight"), weights.get(name + ".bias"), architecture.epsilon());
    return pass.plus(pass.at(layer, point, x), out);
  }

  private Tensor linear(int layer, Point point, Tensor x, Pass pass) {
    String name = Names.of(layer, point);
    Tensor out = x.linear(weights.get(name + ".weight"), weights.get(name + ".bias"));
    return pass.plus(pass.at(layer, point, x), out);
  }
}
