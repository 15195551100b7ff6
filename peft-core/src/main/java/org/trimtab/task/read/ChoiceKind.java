package org.trimtab.task.read;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.head.MultipleChoice;
import org.trimtab.head.Prediction;
import org.trimtab.head.TaskSpec;

/**
 * The right one of an example's choices, by its number from 0 on.
 *
 * @param choices K
 */
public record ChoiceKind(int choices) implements ValueKind<Integer> {
  @Override
  public TaskSpec<Integer> spec(int spans) {
    return new TaskSpec<>(Integer.class, Optional.of(new MultipleChoice(choices)), spans);
  }

  @Override
  public List<String> words() {
    return List.of();
  }

  @Override
  public Optional<Integer> gold(String text) {
    return IntStream.range(0, choices)
        .boxed()
        .filter(choice -> choice.toString().equals(text))
        .findFirst();
  }

  @Override
  public String allowed() {
    return "a number from 0 to " + (choices - 1);
  }

  @Override
  public String format(Integer value) {
    return value.toString();
  }

  @Override
  public Prediction<Integer> constant(List<Integer> gold, List<Integer> train) {
    return MajorityBaseline.commonest(gold, choices);
  }
}
