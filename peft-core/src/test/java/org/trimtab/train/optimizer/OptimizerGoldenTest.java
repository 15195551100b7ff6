package org.trimtab.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.djl.DjlTensors;

/** Optimizers' paths over a bowl against torch, and schedules against transformers. */
class OptimizerGoldenTest {
  @TestFactory
  Stream<DynamicTest> optimizers() {
    JsonNode bowl = Json.read(Golden.folder().resolve("numbers").resolve("optimizers.json"));
    return bowl.path("optimizers").properties().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> walks(bowl, e.getKey(), e.getValue())));
  }

  private static void walks(JsonNode bowl, String name, JsonNode expected) {
    JsonNode settings = expected.path("settings");
    UpdateRule rule =
        settings.has("betas")
            ? new AdamW(
                settings.path("betas").get(0).doubleValue(),
                settings.path("betas").get(1).doubleValue(),
                settings.path("eps").doubleValue())
            : new Sgd(settings.path("momentum").doubleValue());
    UpdateRule.Rate rate =
        new UpdateRule.Rate(
            settings.path("lr").doubleValue(), settings.path("weight_decay").doubleValue());
    double largest = 0;
    try (DjlTensors tensors = DjlTensors.open(Precision.FP32)) {
      Tensor target = tensors.of(doubles(bowl.path("target")), 1, 3);
      Tensor curve = tensors.of(flat(bowl.path("curve")), 3, 3);
      Params params = new Params();
      Tensor w = params.add("all", "w", tensors.of(doubles(bowl.path("start")), 1, 3));
      try (Optimizer optimizer = new Optimizer(params, rule, Map.of("all", rate), tensors)) {
        for (JsonNode point : expected.path("path")) {
          tensors.freeing(
              () ->
                  optimizer.step(
                      tensors.gradients(List.of(() -> bowl(w, target, curve)), params), 1));
          double difference = Golden.difference(tensors.doubles(w), doubles(point));
          assertThat(difference).isLessThan(2e-6);
          largest = Math.max(largest, difference);
        }
      }
    }
    System.out.printf("golden optimizer %s: largest difference %.1e%n", name, largest);
  }

  /** 0.5 (w - target)' curve (w - target). */
  private static Tensor bowl(Tensor w, Tensor target, Tensor curve) {
    Tensor away = w.sub(target);
    return away.matmul(curve).mul(away).sumLast().mul(0.5).mean();
  }

  @TestFactory
  Stream<DynamicTest> schedules() {
    JsonNode all = Json.read(Golden.folder().resolve("numbers").resolve("schedules.json"));
    return StreamSupport.stream(all.spliterator(), false)
        .map(e -> DynamicTest.dynamicTest(e.path("name").asText(), () -> goes(e)));
  }

  private static void goes(JsonNode expected) {
    Map<String, Schedule.Shape> shapes =
        Map.of(
            "constant_with_warmup",
            Schedule.Shape.CONSTANT,
            "linear",
            Schedule.Shape.LINEAR,
            "cosine",
            Schedule.Shape.COSINE);
    Schedule.Shape shape = shapes.get(expected.path("name").asText());
    assertThat(shape).isNotNull();
    Schedule schedule =
        new Schedule(
            java.util.Objects.requireNonNull(shape),
            expected.path("warmup").longValue(),
            expected.path("total").longValue());
    double[] factors = doubles(expected.path("factors"));
    for (int step = 0; step < factors.length; step++) {
      assertThat(Math.abs(schedule.factor(step) - factors[step])).isLessThan(1e-12);
    }
  }

  private static double[] doubles(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static double[] flat(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMapToDouble(row -> java.util.Arrays.stream(doubles(row)))
        .toArray();
  }
}
