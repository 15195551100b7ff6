package org.trimtab.task.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.golden.Golden;
import org.trimtab.head.Prediction;
import org.trimtab.json.Json;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;

/** Metrics against scikit-learn and scipy, degenerate predictions too. */
class MetricsGoldenTest {
  private static final List<String> COVERED =
      List.of("classification", "regression", "multirc", "record");

  private static JsonNode numbers() {
    return Json.read(Golden.folder().resolve("numbers").resolve("metrics.json"));
  }

  @TestFactory
  Stream<DynamicTest> classification() {
    return cases("classification", one -> judged(one, JsonNode::intValue), Metrics.OF_CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> regression() {
    return cases("regression", one -> judged(one, JsonNode::doubleValue), Metrics.OF_NUMBERS);
  }

  private static <Y> Stream<DynamicTest> cases(
      String part, Function<JsonNode, List<Judged<Y>>> judged, MetricTable<Y> table) {
    return StreamSupport.stream(numbers().path(part).spliterator(), false)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.path("kind").asText(),
                    () -> agrees(one.path("values"), judged.apply(one), table)));
  }

  private static <Y> void agrees(JsonNode values, List<Judged<Y>> judged, MetricTable<Y> table) {
    assertThat(values.properties()).isNotEmpty();
    values
        .properties()
        .forEach(
            expected -> {
              OptionalDouble actual =
                  table
                      .compute(List.of(expected.getKey()), judged)
                      .getOrDefault(expected.getKey(), OptionalDouble.empty());
              if (expected.getValue().isNull()) {
                assertThat(actual).as(expected.getKey()).isEmpty();
              } else {
                assertThat(actual.orElseThrow())
                    .as(expected.getKey())
                    .isCloseTo(expected.getValue().doubleValue(), within(1e-12));
              }
            });
  }

  private static <Y> List<Judged<Y>> judged(JsonNode one, Function<JsonNode, Y> value) {
    return IntStream.range(0, one.path("gold").size())
        .mapToObj(
            i ->
                judged(
                    value.apply(one.path("gold").get(i)),
                    value.apply(one.path("predicted").get(i)),
                    new BenchmarkIds(
                        List.of(), one.path("question").path(i).asText(), Optional.empty())))
        .toList();
  }

  private static <Y> Judged<Y> judged(Y gold, Y predicted, BenchmarkIds origin) {
    return new Judged<>(
        new Example<>("", List.of(), Optional.of(gold), origin),
        new Prediction<>(predicted, List.of()));
  }

  @Test
  void answersOfMultiRc() {
    JsonNode one = numbers().path("multirc");
    agrees(one.path("values"), judged(one, JsonNode::intValue), Metrics.OF_ANSWERS);
  }

  @TestFactory
  Stream<DynamicTest> answersOfRecord() {
    return StreamSupport.stream(numbers().path("record").spliterator(), false)
        .map(
            one ->
                DynamicTest.dynamicTest(
                    "'" + one.path("predicted").asText() + "'",
                    () -> {
                      List<String> right =
                          StreamSupport.stream(one.path("gold").spliterator(), false)
                              .map(JsonNode::asText)
                              .toList();
                      List<Judged<Integer>> judged =
                          List.of(
                              candidate("another one", right, 0),
                              candidate(one.path("predicted").asText(), right, 1));
                      Map<String, OptionalDouble> values =
                          Metrics.OF_CANDIDATES.compute(
                              List.of("f1-token", "exact-match", "f1-token-and-exact-match"),
                              judged);
                      double f1 = one.path("f1").doubleValue();
                      double exact = one.path("exact").doubleValue();
                      assertThat(values.values().stream().map(OptionalDouble::orElseThrow))
                          .containsExactly(f1, exact, (f1 + exact) / 2);
                    }));
  }

  private static Judged<Integer> candidate(String text, List<String> right, int predicted) {
    BenchmarkIds.Candidate candidate = new BenchmarkIds.Candidate(text, right);
    return judged(0, predicted, new BenchmarkIds(List.of(), "query", Optional.of(candidate)));
  }

  @Test
  void everyPartIsCovered() {
    assertThat(numbers().properties()).allMatch(part -> COVERED.contains(part.getKey()));
  }
}
