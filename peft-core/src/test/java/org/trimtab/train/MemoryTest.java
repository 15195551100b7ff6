package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Place;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.tensor.Params;
import org.trimtab.testing.Tiny;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;

class MemoryTest {
  private static Model<Integer> model(Tiny tiny) {
    return tiny.model(
        new SoftPrompt(new Placement(Place.AFTER_CLS, true), 4, tiny.init(1).normal(0.1, 4, 16)));
  }

  /** In a JVM of its own, with all of its heap and little compiled code: native memory shows. */
  @Test
  void nativeArraysAndResidentMemoryStayFlat() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<long[]> measured =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray())
            .toList();
    assertThat(process.waitFor()).isZero();
    assertThat(measured).hasSize(2);
    assertThat(measured.get(1)[0]).as("arrays").isEqualTo(measured.get(0)[0]);
    assertThat((double) measured.get(1)[1]).as("KiB").isLessThan(1.05 * measured.get(0)[1]);
  }

  @Test
  void aGroupWithoutGradientStopsTheRunAtTheThirdStep() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny);
      Params params = new Params().addAll("", model.params());
      params.add("forgotten", "unused", tiny.init(1).zeros(2));
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      try (Optimizer optimizer =
          new Optimizer(
              params,
              new Sgd(0),
              Map.of("prompt", rate, "head", rate, "forgotten", rate),
              tiny.tensors())) {
        Trainer<Integer> trainer = MemoryProbe.trainer(model, optimizer);
        MemoryProbe.run(trainer, 2);
        assertThatThrownBy(() -> MemoryProbe.run(trainer, 1))
            .isInstanceOf(TrainingException.class)
            .hasMessageContaining("no gradient reaches the parameter group 'forgotten'");
      }
    }
  }

  @Test
  void aLossThatIsNotFiniteStopsTheRunAndNamesTheRemedies() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny);
      var prompt = model.params().find(SoftPrompt.NAME).orElseThrow();
      double[] bad = new double[64];
      bad[3] = Double.NaN;
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      try (Optimizer optimizer =
          new Optimizer(
              model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate), tiny.tensors())) {
        Trainer<Integer> trainer = MemoryProbe.trainer(model, optimizer);
        MemoryProbe.run(trainer, 1);
        tiny.tensors().assign(prompt.value(), bad);
        assertThatThrownBy(() -> MemoryProbe.run(trainer, 1))
            .isInstanceOf(TrainingException.class)
            .hasMessageContaining("the loss is NaN at step 2")
            .hasMessageContaining("train.lr");
      }
    }
  }
}
