package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Place;
import org.trimtab.head.Classification;
import org.trimtab.head.Objective;
import org.trimtab.head.Prediction;
import org.trimtab.head.ScoredHead;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.testing.Tiny;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;

/** A finite loss whose gradient is not. */
class GradientGuardTest {
  /** 0 everywhere, with a slope of 1e400. */
  private record Steep(Objective<Integer> other) implements Objective<Integer> {
    @Override
    public int outputs() {
      return other.outputs();
    }

    @Override
    public int choices() {
      return other.choices();
    }

    @Override
    public Tensor loss(Tensor scores, List<Integer> gold, Tensors tensors) {
      return scores.sub(scores.detach()).mul(1e200).mul(1e200).mean();
    }

    @Override
    public Prediction<Integer> predict(double[] scores) {
      return other.predict(scores);
    }
  }

  @Test
  void aGradientThatIsNotFiniteStopsTheRunBeforeAnythingMoves() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> plain =
          tiny.model(
              new SoftPrompt(
                  new Placement(Place.AFTER_CLS, true), 4, tiny.init(1).normal(0.1, 4, 16)));
      Model<Integer> model =
          new Model<>(
              plain.backbone(),
              plain.module(),
              new ScoredHead<>(Tiny.head(plain), new Steep(new Classification(3)), tiny.tensors()));
      List<double[]> before = model.params().snapshot(tiny.tensors());
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      try (Optimizer optimizer =
          new Optimizer(model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate))) {
        Trainer<Integer> trainer =
            new Trainer<>(model, optimizer, new org.trimtab.tensor.RandomStreams(1));
        assertThatThrownBy(() -> MemoryProbe.run(trainer, 1))
            .isInstanceOf(TrainingException.class)
            .hasMessageMatching("the gradient is (NaN|Infinity) at step 1: a lower.*clip.*");
      }
      assertThat(model.params().snapshot(tiny.tensors()))
          .usingRecursiveComparison()
          .isEqualTo(before);
    }
  }
}
