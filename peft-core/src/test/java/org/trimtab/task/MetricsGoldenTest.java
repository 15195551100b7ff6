package org.trimtab.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;

/** Metrics against scikit-learn and scipy, degenerate predictions too. */
class MetricsGoldenTest {
  private static final List<String> COVERED = List.of("classification", "regression");
  private static final List<String> NOT_YET_COVERED = List.of("multirc", "record");

  private static JsonNode numbers() {
    return Json.read(Golden.folder().resolve("numbers").resolve("metrics.json"));
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    JsonNode numbers = numbers();
    return COVERED.stream()
        .flatMap(
            part ->
                StreamSupport.stream(numbers.path(part).spliterator(), false)
                    .map(
                        one ->
                            DynamicTest.dynamicTest(
                                part + " " + one.path("kind").asText(), () -> agrees(one))));
  }

  private static void agrees(JsonNode one) {
    double[] gold = doubles(one.path("gold"));
    double[] predicted = doubles(one.path("predicted"));
    assertThat(one.path("values").properties()).isNotEmpty();
    one.path("values")
        .properties()
        .forEach(
            expected -> {
              OptionalDouble actual = Metrics.compute(expected.getKey(), gold, predicted);
              if (expected.getValue().isNull()) {
                assertThat(actual).as(expected.getKey()).isEmpty();
              } else {
                assertThat(actual.orElseThrow())
                    .as(expected.getKey())
                    .isCloseTo(expected.getValue().doubleValue(), within(1e-12));
              }
            });
  }

  @Test
  void everyOtherPartIsKnownToBeMissing() {
    assertThat(numbers().properties())
        .allMatch(
            part -> COVERED.contains(part.getKey()) || NOT_YET_COVERED.contains(part.getKey()));
  }

  private static double[] doubles(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }
}
