package org.trimtab.task.read;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.head.Classification;
import org.trimtab.head.Prediction;
import org.trimtab.head.TaskSpec;
import org.trimtab.task.Label;

/** Classes, by their index in the task's list of labels. */
public record ClassKind(List<Label> labels) implements ValueKind<Integer> {
  @Override
  public TaskSpec<Integer> spec(int spans) {
    return new TaskSpec<>(Integer.class, Optional.of(new Classification(labels.size())), spans);
  }

  @Override
  public List<String> words() {
    return labels.stream().map(Label::word).toList();
  }

  @Override
  public Optional<Integer> gold(String text) {
    return IntStream.range(0, labels.size())
        .boxed()
        .filter(i -> labels.get(i).value().equals(text))
        .findFirst();
  }

  @Override
  public String allowed() {
    return String.join(", ", labels.stream().map(Label::value).toList());
  }

  @Override
  public String format(Integer value) {
    return labels.get(value).value();
  }

  @Override
  public Prediction<Integer> constant(List<Integer> gold, List<Integer> train) {
    return MajorityBaseline.commonest(gold, labels.size());
  }
}
