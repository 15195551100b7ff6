package org.trimtab.task.read;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trimtab.base.DecimalText;
import org.trimtab.head.Prediction;
import org.trimtab.head.Regression;
import org.trimtab.head.TaskSpec;

/** Numbers within a range. */
public record NumberKind(Range range) implements ValueKind<Double> {
  private static final List<Double> NOT_FINITE =
      List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  @Override
  public TaskSpec<Double> spec(int spans) {
    return new TaskSpec<>(Double.class, Optional.of(new Regression()), spans);
  }

  @Override
  public List<String> words() {
    return List.of();
  }

  @Override
  public Optional<Double> gold(String text) {
    return DecimalText.parse(text).filter(v -> v >= range.min() && v <= range.max());
  }

  /** A predicted number may lie outside of the range, and may be none. */
  @Override
  public Optional<Double> parse(String text) {
    return DecimalText.parse(text)
        .or(() -> NOT_FINITE.stream().filter(v -> format(v).equals(text)).findFirst());
  }

  @Override
  public String allowed() {
    return "a number from " + range.min() + " to " + range.max();
  }

  @Override
  public String format(Double value) {
    return value.toString();
  }

  @Override
  public String display(Double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  @Override
  public Prediction<Double> constant(List<Double> gold, List<Double> train) {
    double mean = train.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return new Prediction<>(mean, List.of(mean));
  }
}
