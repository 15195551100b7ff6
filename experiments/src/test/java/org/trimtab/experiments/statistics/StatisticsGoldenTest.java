package org.trimtab.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;

/** Tests and intervals against scipy's. */
class StatisticsGoldenTest {
  private static final JsonNode NUMBERS =
      Json.read(Golden.folder().resolve("numbers").resolve("statistics.json"));

  private static List<JsonNode> cases(String name) {
    List<JsonNode> cases = StreamSupport.stream(NUMBERS.path(name).spliterator(), false).toList();
    assertThat(cases).as(name).isNotEmpty();
    return cases;
  }

  private static double[] doubles(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  @Test
  void everyPartIsCovered() {
    assertThat(NUMBERS.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "wilcoxon", "paired-t", "mcnemar-exact", "holm", "t-interval-95");
  }

  @Test
  void wilcoxon() {
    for (JsonNode one : cases("wilcoxon")) {
      double p = PairedTests.wilcoxon(doubles(one.path("a")), doubles(one.path("b"))).orElseThrow();
      assertThat(p).isCloseTo(one.path("p").doubleValue(), within(1e-12));
    }
  }

  @Test
  void studentsT() {
    for (JsonNode one : cases("paired-t")) {
      double p = PairedTests.t(doubles(one.path("a")), doubles(one.path("b"))).orElseThrow();
      assertThat(p).isCloseTo(one.path("p").doubleValue(), within(1e-10));
    }
  }

  @Test
  void mcNemar() {
    for (JsonNode one : cases("mcnemar-exact")) {
      double p =
          PairedTests.mcNemar(
              one.path("only_a_right").intValue(), one.path("only_b_right").intValue());
      assertThat(p).isCloseTo(one.path("p").doubleValue(), within(1e-12));
    }
  }

  @Test
  void holm() {
    for (JsonNode one : cases("holm")) {
      assertThat(Holm.adjust(doubles(one.path("p"))))
          .containsExactly(doubles(one.path("adjusted")), within(1e-12));
    }
  }

  @Test
  void intervalsOfAMean() {
    for (JsonNode one : cases("t-interval-95")) {
      Summary summary = Summary.of(doubles(one.path("a")));
      assertThat(summary.mean()).isCloseTo(one.path("mean").doubleValue(), within(1e-10));
      Interval interval = summary.interval().orElseThrow();
      assertThat(interval.low()).isCloseTo(one.path("low").doubleValue(), within(1e-8));
      assertThat(interval.high()).isCloseTo(one.path("high").doubleValue(), within(1e-8));
    }
  }
}
