package org.trimtab.transformer;

import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.FrozenNorm;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Site;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** A backbone that has a shape and no weights: enough to create a method and count. */
public final class ShapeBackbone implements Backbone {
  private final BackboneSpec spec;
  private final Tensors tensors;

  /** Of {@code spec}; {@code tensors} belongs to it from here on. */
  public ShapeBackbone(BackboneSpec spec, Tensors tensors) {
    this.spec = spec;
    this.tensors = tensors;
  }

  @Override
  public BackboneSpec spec() {
    return spec;
  }

  @Override
  public Tensors tensors() {
    return tensors;
  }

  @Override
  public Hidden forward(Input input, Contribution contribution, Dropout dropout) {
    throw new UnsupportedOperationException("this backbone has no weights");
  }

  @Override
  public double[][] wordEmbeddings(long... ids) {
    return new double[ids.length][spec.hidden()];
  }

  @Override
  public String path(Site site) {
    return BertNames.of(site.layer(), site.point());
  }

  @Override
  public FrozenLinear linear(Site site) {
    long out = spec.outputWidth(site.point());
    return new FrozenLinear(
        tensors.zeros(out, spec.inputWidth(site.point())), Optional.of(tensors.zeros(out)));
  }

  @Override
  public FrozenNorm norm(Site site) {
    return new FrozenNorm(
        tensors.zeros(spec.hidden()),
        Optional.of(tensors.zeros(spec.hidden())),
        (x, gain, bias) -> x);
  }

  @Override
  public Backbone with(Map<String, Tensor> replaced) {
    return this;
  }

  @Override
  public Params params() {
    return new Params();
  }

  @Override
  public Map<String, Tensor> weights() {
    return Map.of();
  }

  @Override
  public long parameterCount() {
    return 0;
  }

  @Override
  public void close() {
    tensors.close();
  }
}
