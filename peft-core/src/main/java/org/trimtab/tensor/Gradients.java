package org.trimtab.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backward pass gives: the gradient of every parameter, in their order.
 *
 * @param loss the sum of the losses
 * @param all none where the loss isn't finite
 */
public record Gradients(double loss, List<Gradient> all) {
  /**
   * One parameter's.
   *
   * @param value of the parameter's shape
   */
  public record Gradient(Param param, MutableTensor value) {}

  /** The Euclidean norm of all gradients together. */
  public double norm() {
    return norm(all);
  }

  /** The norm of each group's gradients. */
  public Map<String, Double> groupNorms() {
    Map<String, Double> norms = new LinkedHashMap<>();
    for (Gradient gradient : all) {
      String group = gradient.param().group();
      norms.computeIfAbsent(
          group, g -> norm(all.stream().filter(one -> one.param().group().equals(g)).toList()));
    }
    return norms;
  }

  private static double norm(List<Gradient> gradients) {
    return Math.sqrt(gradients.stream().mapToDouble(g -> g.value().sumOfSquares()).sum());
  }
}
