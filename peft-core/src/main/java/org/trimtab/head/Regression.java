package org.trimtab.head;

import java.util.List;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** One number: mean squared error, and the number itself. */
public record Regression() implements Objective<Double> {
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public int choices() {
    return 1;
  }

  @Override
  public Tensor loss(Tensor scores, List<Double> gold, Tensors tensors) {
    double[] values = gold.stream().mapToDouble(Double::doubleValue).toArray();
    Tensor difference = scores.sub(tensors.of(values, gold.size(), 1));
    return difference.mul(difference).mean();
  }

  @Override
  public Prediction<Double> predict(double[] scores) {
    return new Prediction<>(scores[0], List.of(scores[0]));
  }
}
