package org.trimtab.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a backward pass gives: the gradient of every parameter, in their order. */
public final class Gradients {
  private final double loss;
  private final List<Gradient> all;
  private final Backward together;

  /**
   * The gradients of a sum of losses.
   *
   * @param all none where the loss isn't finite
   */
  Gradients(double loss, List<Gradient> all, Backward together) {
    this.loss = loss;
    this.all = List.copyOf(all);
    this.together = together;
  }

  /**
   * One parameter's.
   *
   * @param value of the parameter's shape
   */
  public record Gradient(Param param, MutableTensor value) {}

  /** The sum of the losses. */
  public double loss() {
    return loss;
  }

  /** None where the loss isn't finite. */
  public List<Gradient> all() {
    return all;
  }

  /** The Euclidean norm of all gradients together. */
  public double norm() {
    double squares = 0;
    for (double norm : norms()) {
      squares += norm * norm;
    }
    return Math.sqrt(squares);
  }

  /** The norm of each group's gradients. */
  public Map<String, Double> groupNorms() {
    double[] norms = norms();
    Map<String, Double> squares = new LinkedHashMap<>();
    for (int i = 0; i < norms.length; i++) {
      squares.merge(all.get(i).param().group(), norms[i] * norms[i], Double::sum);
    }
    squares.replaceAll((group, sum) -> Math.sqrt(sum));
    return squares;
  }

  /** Multiplies all gradients in place. */
  public void mulInPlace(double factor) {
    together.scale(values(), factor);
  }

  private double[] norms() {
    return all.isEmpty() ? new double[0] : together.norms(values());
  }

  private List<Tensor> values() {
    return all.stream().map(gradient -> gradient.value().tensor()).toList();
  }
}
