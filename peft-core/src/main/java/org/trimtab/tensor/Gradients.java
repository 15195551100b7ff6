package org.trimtab.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a backward pass gives: the gradient of every parameter, in their order. */
public final class Gradients {
  private final double loss;
  private final List<Gradient> all;
  private final Together together;

  /**
   * The gradients of a sum of losses.
   *
   * @param all none where the loss isn't finite
   * @param together of their backing
   */
  public Gradients(double loss, List<Gradient> all, Together together) {
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

  /** What is done to many tensors at once. */
  public interface Together {
    /** The Euclidean norm of each. */
    double[] norms(List<Tensor> all);

    /** Multiplies all where they lie. */
    void scale(List<Tensor> all, double factor);
  }

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
