package org.trimtab.tensor.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Tensor;

/**
 * On DJL's engine. Numbers are handed to it as such: no graph keeps them, so that no copy is needed
 * (docs/decisions/0003).
 */
record DjlMutableTensor(NDArray nd) implements MutableTensor {
  private static MutableTensor of(NDArray nd) {
    return new DjlMutableTensor(nd);
  }

  private static NDArray nd(MutableTensor tensor) {
    return ((DjlMutableTensor) tensor).nd;
  }

  @Override
  public Tensor tensor() {
    return new DjlTensor(nd);
  }

  @Override
  public MutableTensor add(MutableTensor other) {
    return of(nd.add(nd(other)));
  }

  @Override
  public MutableTensor mul(MutableTensor other) {
    return of(nd.mul(nd(other)));
  }

  @Override
  public MutableTensor mul(double factor) {
    return of(nd.mul(factor));
  }

  @Override
  public MutableTensor div(MutableTensor other) {
    return of(nd.div(nd(other)));
  }

  @Override
  public MutableTensor sqrt() {
    return of(nd.sqrt());
  }

  @Override
  public MutableTensor addInPlace(MutableTensor other) {
    nd.addi(nd(other));
    return this;
  }

  @Override
  public MutableTensor addInPlace(double term) {
    nd.addi(term);
    return this;
  }

  @Override
  public MutableTensor subInPlace(MutableTensor other) {
    nd.subi(nd(other));
    return this;
  }

  @Override
  public MutableTensor mulInPlace(MutableTensor other) {
    nd.muli(nd(other));
    return this;
  }

  @Override
  public MutableTensor mulInPlace(double factor) {
    nd.muli(factor);
    return this;
  }

  @Override
  public MutableTensor divInPlace(double divisor) {
    nd.divi(divisor);
    return this;
  }

  @Override
  public double mean() {
    try (NDArray mean = nd.mean()) {
      return scalar(mean);
    }
  }

  private static double scalar(NDArray nd) {
    return nd.getDataType() == DataType.FLOAT64 ? nd.getDouble() : nd.getFloat();
  }
}
