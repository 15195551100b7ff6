package org.trimtab.head;

import java.util.List;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * One of several choices, each a row of its own with one score: a softmax over an example's choices
 * (as GPT has it for multiple choice; Radford et al., 2018).
 *
 * @param rows K, the number of choices
 */
public record MultipleChoice(int rows) implements Objective<Integer> {
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public Tensor loss(Tensor scores, List<Integer> gold, Tensors tensors) {
    return new Classification(rows).loss(scores.view(-1, rows), gold, tensors);
  }

  @Override
  public Prediction<Integer> predict(double[] scores) {
    return new Classification(rows).predict(scores);
  }
}
