package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Place;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.Tiny;

class MemoryTest {
  private static Model<Integer> model(Tiny tiny) {
    return tiny.model(
        new SoftPrompt(new Placement(Place.AFTER_CLS, true), 4, tiny.init(1).normal(0.1, 4, 16)));
  }

  @Test
  void nativeArraysAndResidentMemoryStayFlat() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny);
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      Map<String, UpdateRule.Rate> rates = Map.of("prompt", rate, "head", rate);
      try (Optimizer optimizer =
          new Optimizer(model.params(), new AdamW(0.9, 0.999, 1e-8), rates)) {
        Trainer<Integer> trainer = new Trainer<>(model, optimizer, new RandomStreams(1));
        run(trainer, 200);
        long arrays = arrays(model);
        long resident = resident();
        run(trainer, 1_800);
        assertThat(arrays(model)).isEqualTo(arrays);
        assertThat((double) resident()).isLessThan(1.05 * resident);
      }
    }
  }

  private static void run(Trainer<Integer> trainer, int steps) {
    for (int i = 0; i < steps; i++) {
      trainer.step(List.of(new Trainer.Labelled<>(Tiny.batch(7 + i % 9), Tiny.gold())), 1, 1);
    }
  }

  /** The arrays of the manager that everything long-lived belongs to. */
  private static long arrays(Model<Integer> model) {
    NDManager manager = DjlTensor.nd(model.params().all().iterator().next().value()).getManager();
    return manager.getManagedArrays().size();
  }

  /** Resident memory in KiB. */
  private static long resident() {
    try (var lines = java.nio.file.Files.lines(java.nio.file.Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aGroupWithoutGradientStopsTheFirstStep() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny);
      Params params = new Params().addAll("", model.params());
      params.add("forgotten", "unused", tiny.init(1).zeros(2));
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      DjlTensor.nd(params.find("unused").orElseThrow().value()).setRequiresGradient(true);
      try (Optimizer optimizer =
          new Optimizer(
              params, new Sgd(0), Map.of("prompt", rate, "head", rate, "forgotten", rate))) {
        Trainer<Integer> trainer = new Trainer<>(model, optimizer, new RandomStreams(1));
        assertThatThrownBy(() -> run(trainer, 1))
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
      tiny.tensors().assign(prompt.value(), bad);
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      try (Optimizer optimizer =
          new Optimizer(model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate))) {
        Trainer<Integer> trainer = new Trainer<>(model, optimizer, new RandomStreams(1));
        assertThatThrownBy(() -> run(trainer, 1))
            .isInstanceOf(TrainingException.class)
            .hasMessageContaining("the loss is NaN at step 1")
            .hasMessageContaining("train.lr");
      }
    }
  }
}
