package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.batch.Labelled;
import org.trimtab.method.PeftModule;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.methods.lora.Lora;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.lora.NormGradient;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;
import org.trimtab.transformer.options.BackboneOptions;

/** DoRA over a frozen weight of which some rows, or all, have no norm. */
class DoraZeroRowsTest {
  private static final int WIDTH = 16;

  private static final LoraConfig LORA = Loras.of(2, 4, "query").layers(0).config();
  private static final Site SITE = new Site(Stack.ENCODER, 0, Point.QUERY);

  private static LoraConfig dora(NormGradient gradient) {
    return Loras.of(2, 4, "query").layers(0).dora(true).config(gradient);
  }

  /** A backbone of which the first rows of W are {@code value}. */
  private static Tiny tiny(int rows, double value, Precision precision) {
    Tiny tiny = Tiny.of("bert", BackboneOptions.FROZEN, precision);
    Tensor weight = tiny.backbone().linear(SITE).weight();
    double[] values = tiny.tensors().doubles(weight);
    Arrays.fill(values, 0, rows * WIDTH, value);
    tiny.tensors().assign(weight, values);
    return tiny;
  }

  /** A model after three steps of plain descent. */
  private static Model<Integer> trained(Tiny tiny, LoraConfig config) {
    Model<Integer> model = tiny.model(new Lora().create(config, tiny.setup(3)));
    UpdateRule.Rate rate = new UpdateRule.Rate(1, 0);
    try (Trainer<Integer> trainer =
        new Trainer<>(
            new PlainRecipe<>(model),
            new Optimizer(
                model.params(), new Sgd(0), Map.of("lora", rate, "head", rate), tiny.tensors()),
            List.of(),
            new RandomStreams(1))) {
      for (int step = 0; step < 3; step++) {
        trainer.step(List.of(new Labelled<>(Tiny.batch(), Tiny.gold())), 1);
      }
    }
    return model;
  }

  /** The parameters and the scores of that model. */
  private static Map<String, double[]> trained(
      LoraConfig config, int rows, double value, Precision precision) {
    try (Tiny tiny = tiny(rows, value, precision)) {
      Model<Integer> model = trained(tiny, config);
      Map<String, double[]> after = new java.util.LinkedHashMap<>();
      for (Param param : model.params().all()) {
        after.put(param.name(), tiny.tensors().doubles(param.value()));
      }
      after.put("scores", tiny.scores(model, Tiny.batch()));
      return after;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, FP64, FULL",
    "0, FP32, FULL",
    "1e-30, FP32, FULL",
    "0, FP64, DETACHED",
    "0, FP32, DETACHED",
    "1e-30, FP32, DETACHED"
  })
  void aWeightOfZerosTrainsAsLoraDoes(double value, Precision precision, NormGradient gradient) {
    Map<String, double[]> lora = trained(LORA, WIDTH, value, precision);
    Map<String, double[]> dora = trained(dora(gradient), WIDTH, value, precision);
    lora.forEach(
        (name, values) ->
            assertThat(dora.get(name)).as(name).containsExactly(values, within(1e-6)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, FP64, FULL",
    "3, FP32, FULL",
    "15, FP64, FULL",
    "1, FP64, DETACHED",
    "3, FP32, DETACHED",
    "15, FP64, DETACHED"
  })
  void rowsOfZerosBesideOthersLeaveEverythingFinite(
      int rows, Precision precision, NormGradient gradient) {
    Map<String, double[]> dora = trained(dora(gradient), rows, 0, precision);
    dora.forEach((name, values) -> assertThat(values).as(name).doesNotContain(Double.NaN));
    String magnitude = "encoder.layer.0.attention.self.query.lora_magnitude_vector";
    assertThat(Arrays.copyOf(dora.get(magnitude), rows)).containsOnly(0);
    assertThat(Arrays.copyOfRange(dora.get(magnitude), rows, WIDTH)).doesNotContain(0);
  }

  /** With rows of zeros the two gradients are two methods still. */
  @Test
  void theNormsGradientIsFollowedOrNotInTheOtherRows() {
    Map<String, double[]> full = trained(dora(NormGradient.FULL), 3, 0, Precision.FP64);
    Map<String, double[]> detached = trained(dora(NormGradient.DETACHED), 3, 0, Precision.FP64);
    assertThat(detached.get("scores")).isNotEqualTo(full.get("scores"));
  }

  @ParameterizedTest
  @CsvSource({"0, 3, FULL", "0, 16, FULL", "0, 3, DETACHED", "0, 16, DETACHED", "1e-200, 3, FULL"})
  void theMergedWeightIsFiniteAndComputesTheSame(double value, int rows, NormGradient gradient) {
    try (Tiny tiny = tiny(rows, value, Precision.FP64)) {
      Model<Integer> model = trained(tiny, dora(gradient));
      Map<String, Tensor> weights = model.module().merged().orElseThrow();
      assertThat(weights).hasSize(1);
      weights.forEach(
          (name, weight) ->
              assertThat(tiny.tensors().doubles(weight))
                  .as(name)
                  .satisfies(all -> assertThat(Arrays.stream(all)).allMatch(Double::isFinite))
                  .isNotEqualTo(tiny.tensors().doubles(tiny.backbone().linear(SITE).weight())));
      PeftModule none = new HeadOnly().create(new HeadOnlyConfig(), tiny.setup(1));
      Model<Integer> merged = new Model<>(tiny.backbone().with(weights), none, model.head());
      assertThat(tiny.scores(merged, Tiny.batch()))
          .containsExactly(tiny.scores(model, Tiny.batch()), within(1e-9));
    }
  }
}
