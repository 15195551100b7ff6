package org.trimtab.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * One of several classes: cross-entropy, and the class with the highest score.
 *
 * @param outputs C, the number of classes
 */
public record Classification(int outputs) implements Objective<Integer> {
  @Override
  public int choices() {
    return 1;
  }

  @Override
  public Tensor loss(Tensor scores, List<Integer> gold, Tensors tensors) {
    double[] oneHot = new double[gold.size() * outputs];
    for (int i = 0; i < gold.size(); i++) {
      oneHot[i * outputs + gold.get(i)] = 1;
    }
    Tensor expected = tensors.of(oneHot, gold.size(), outputs);
    return scores.logSoftmax().mul(expected).sumLast().mean().mul(-1);
  }

  @Override
  public Prediction<Integer> predict(double[] scores) {
    double highest = Arrays.stream(scores).max().orElseThrow();
    double[] powers = Arrays.stream(scores).map(s -> Math.exp(s - highest)).toArray();
    double sum = Arrays.stream(powers).sum();
    List<Double> probabilities = new ArrayList<>();
    Arrays.stream(powers).forEach(p -> probabilities.add(p / sum));
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return new Prediction<>(best, probabilities);
  }
}
