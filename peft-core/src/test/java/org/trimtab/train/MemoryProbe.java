package org.trimtab.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Place;
import org.trimtab.batch.Labelled;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.djl.DjlTensor;
import org.trimtab.testing.Tiny;
import org.trimtab.train.optimizer.AdamW;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.UpdateRule;

/** Prints the native arrays and the resident KiB after 200 and after 2,000 steps, a line each. */
final class MemoryProbe {
  private MemoryProbe() {}

  public static void main(String[] args) {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          tiny.model(
              new SoftPrompt(
                  new Placement(Place.AFTER_CLS, true), 4, tiny.init(1).normal(0.1, 4, 16)));
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      Map<String, UpdateRule.Rate> rates = Map.of("prompt", rate, "head", rate);
      try (Optimizer optimizer =
          new Optimizer(model.params(), new AdamW(0.9, 0.999, 1e-8), rates, tiny.tensors())) {
        Trainer<Integer> trainer = trainer(model, optimizer);
        run(trainer, 200);
        System.out.println(arrays(model) + " " + resident());
        run(trainer, 1_800);
        System.out.println(arrays(model) + " " + resident());
      }
    }
  }

  static Trainer<Integer> trainer(Model<Integer> model, Optimizer optimizer) {
    return new Trainer<>(
        new PlainRecipe<>(model),
        optimizer,
        List.of(new GlobalNormClipping(1)),
        new RandomStreams(1));
  }

  static void run(Trainer<Integer> trainer, int steps) {
    for (int i = 0; i < steps; i++) {
      trainer.step(List.of(new Labelled<>(Tiny.batch(7 + i % 9), Tiny.gold())), 1);
    }
  }

  /** The arrays of the manager that everything long-lived belongs to. */
  private static long arrays(Model<Integer> model) {
    NDManager manager = DjlTensor.nd(model.params().all().iterator().next().value()).getManager();
    return manager.getManagedArrays().size();
  }

  private static long resident() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
