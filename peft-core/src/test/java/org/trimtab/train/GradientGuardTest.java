package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Place;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.head.Classification;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Objective;
import org.trimtab.head.Pooling;
import org.trimtab.head.Prediction;
import org.trimtab.head.ScoredHead;
import org.trimtab.head.TaskSpec;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.Tiny;
import org.trimtab.testing.TinyWeights;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.weights.WeightSource;

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
      Map<String, HostTensor> before = model.params().snapshot(tiny.tensors());
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      try (Optimizer optimizer =
          new Optimizer(
              model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate), tiny.tensors())) {
        Trainer<Integer> trainer =
            new Trainer<>(
                new PlainRecipe<>(model),
                optimizer,
                List.of(new GlobalNormClipping(1)),
                new RandomStreams(1));
        assertThatThrownBy(() -> MemoryProbe.run(trainer, 1))
            .isInstanceOf(TrainingException.class)
            .hasMessageMatching(
                "the gradient is (NaN|Infinity) at step 1, before anything has trained: .*");
      }
      assertThat(model.params().snapshot(tiny.tensors()))
          .usingRecursiveComparison()
          .isEqualTo(before);
    }
  }

  @Test
  void aBackboneThatOverflowsIsToldFromARunThatDiverges() {
    BertConfig shape = TinyWeights.shape("bert");
    WeightSource weights = new Overflowing(TinyWeights.of(shape));
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone =
            Backbones.load(shape.architecture(), weights, BackboneOptions.FROZEN, tensors)) {
      Model<Integer> model =
          new ModelFactory(backbone, new RandomStreams(3))
              .create(
                  new SoftPrompt(
                      new Placement(Place.AFTER_CLS, true),
                      4,
                      new Init(tensors, new RandomStreams(1).stream("test")).normal(0.1, 4, 16)),
                  new LinearHeadConfig(Pooling.CLS, 0, 0.3),
                  new TaskSpec<>(Integer.class, new Classification(3)));
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      try (Optimizer optimizer =
          new Optimizer(
              model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate), tensors)) {
        Trainer<Integer> trainer = MemoryProbe.trainer(model, optimizer);
        assertThatThrownBy(() -> MemoryProbe.run(trainer, 1))
            .isInstanceOf(TrainingException.class)
            .hasMessage(
                "the loss is NaN at step 1: the backbone alone gives numbers that aren't finite for"
                    + " the text 'One, two!': its weights are to blame, not the training");
      }
    }
  }

  /** Norms of 1e38: finite numbers whose sums aren't. */
  private record Overflowing(WeightSource other) implements WeightSource {
    @Override
    public String origin() {
      return other.origin();
    }

    @Override
    public List<String> names() {
      return other.names();
    }

    @Override
    public HostTensor tensor(String name) {
      HostTensor tensor = other.tensor(name);
      if (!name.equals("embeddings.LayerNorm.weight")) {
        return tensor;
      }
      double[] values = tensor.doubles();
      Arrays.fill(values, 1e38);
      return HostTensor.of(values, tensor.shape());
    }

    @Override
    public void close() {
      other.close();
    }
  }
}
