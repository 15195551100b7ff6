package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Place;
import org.trimtab.batch.Labelled;
import org.trimtab.golden.Golden;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.Tiny;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.GradientTransform;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;

/** What happens between the backward pass and the update. */
class TrainerTest {
  private static final GradientTransform DOUBLING =
      gradients -> {
        gradients.all().forEach(gradient -> gradient.value().mulInPlace(2));
        return Map.of("doubled", (double) gradients.all().size());
      };

  private static Model<Integer> model(Tiny tiny) {
    return tiny.model(
        new SoftPrompt(new Placement(Place.AFTER_CLS, true), 4, tiny.init(1).normal(0.1, 4, 16)));
  }

  /** One step of plain descent at a rate of 1: values move by the gradient. */
  private static Trainer.Step step(Model<Integer> model, GradientTransform... transforms) {
    return steps(model, List.of(transforms), 1, 1);
  }

  /** The same batch in {@code parts}, each with its share of the loss. */
  private static Trainer.Step steps(
      Model<Integer> model, List<GradientTransform> transforms, int parts, double learningRate) {
    UpdateRule.Rate rate = new UpdateRule.Rate(learningRate, 0);
    try (Trainer<Integer> trainer =
        new Trainer<>(
            new PlainRecipe<>(model),
            new Optimizer(
                model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate), model.tensors()),
            transforms,
            new RandomStreams(1))) {
      return trainer.step(Collections.nCopies(parts, new Labelled<>(Tiny.batch(), Tiny.gold())), 1);
    }
  }

  private static double moved(Model<Integer> model, Map<String, HostTensor> before) {
    double squares = 0;
    for (Map.Entry<String, HostTensor> e : model.params().snapshot(model.tensors()).entrySet()) {
      double[] was = Golden.get(before, e.getKey()).doubles();
      double[] is = e.getValue().doubles();
      for (int i = 0; i < is.length; i++) {
        squares += (is[i] - was[i]) * (is[i] - was[i]);
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void gradientsAreTransformedInTheGivenOrder() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny);
      Map<String, HostTensor> before = model.params().snapshot(tiny.tensors());
      double norm = step(model, new GlobalNormClipping(0)).gradientNorm();
      assertThat(moved(model, before)).isCloseTo(norm, within(1e-12));

      model.params().restore(tiny.tensors(), before);
      Trainer.Step doubled = step(model, DOUBLING, new GlobalNormClipping(norm));
      assertThat(doubled.gradientNorm()).isCloseTo(2 * norm, within(1e-12));
      assertThat(doubled.measured()).containsEntry("doubled", 3.0);
      assertThat(moved(model, before)).isCloseTo(norm, within(1e-5));

      model.params().restore(tiny.tensors(), before);
      step(model, new GlobalNormClipping(norm / 2), DOUBLING);
      assertThat(moved(model, before)).isCloseTo(norm, within(1e-5));
    }
  }

  @Test
  void gradientsOfSeveralBatchesAreSummedAndThoseOfTheStepBeforeForgotten() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny);
      List<GradientTransform> clipping = List.of(new GlobalNormClipping(0));
      double first = steps(model, clipping, 1, 0).gradientNorm();
      assertThat(steps(model, clipping, 1, 0).gradientNorm()).isEqualTo(first);
      assertThat(steps(model, clipping, 3, 0).gradientNorm()).isCloseTo(first, within(1e-12));
    }
  }
}
