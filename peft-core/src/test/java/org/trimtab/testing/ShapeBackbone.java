package org.trimtab.testing;

import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.FrozenNorm;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.TunedInput;
import org.trimtab.family.bert.BertModules;
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
  public Hidden forward(TunedInput tuned, Dropout dropout) {
    throw new UnsupportedOperationException("this backbone has no weights");
  }

  @Override
  public Tensor entering(Input input, int layer) {
    throw new UnsupportedOperationException("this backbone has no weights");
  }

  @Override
  public double[][] wordEmbeddings(long... ids) {
    return new double[ids.length][spec.textStack().hidden()];
  }

  @Override
  public String path(Site site) {
    spec.require(site);
    String path = BertModules.NAMES.of(new Site(Stack.ENCODER, site.layer(), site.point()));
    return site.stack() == Stack.ENCODER ? path : "decoder." + path;
  }

  @Override
  public FrozenLinear linear(Site site) {
    spec.require(site, Role.LINEAR);
    long out = spec.outputWidth(site);
    return new FrozenLinear(
        tensors.zeros(out, spec.inputWidth(site)), Optional.of(tensors.zeros(out)));
  }

  @Override
  public FrozenNorm norm(Site site) {
    spec.require(site, Role.NORM);
    long width = spec.outputWidth(site);
    return new FrozenNorm(
        tensors.zeros(width), Optional.of(tensors.zeros(width)), (x, gain, bias) -> x);
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
