package org.trimtab.head;

import java.util.List;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * One of several choices, each a row of its own with one score: a softmax over an example's choices
 * (as GPT has it for multiple choice; Radford et al., 2018).
 *
 * @param choices K, their number
 */
public record MultipleChoice(int choices) implements Objective<Integer> {
  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public Tensor loss(Tensor scores, List<Integer> gold, Tensors tensors) {
    return new Classification(choices).loss(scores.view(-1, choices), gold, tensors);
  }

  @Override
  public Prediction<Integer> predict(double[] scores) {
    return new Classification(choices).predict(scores);
  }
}
