package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.batch.Labelled;
import org.trimtab.methods.lora.Lora;
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
import org.trimtab.transformer.BackboneOptions;

/** DoRA over a frozen weight of which some rows, or all, have no norm. */
class DoraZeroRowsTest {
  private static final int WIDTH = 16;

  /** What three steps of plain descent make of a model, its first rows of W being {@code value}. */
  private static Map<String, double[]> trained(
      boolean dora, int rows, double value, Precision precision) {
    try (Tiny tiny = Tiny.of("bert", BackboneOptions.FROZEN, precision)) {
      Tensor weight = tiny.backbone().linear(new Site(Stack.ENCODER, 0, Point.QUERY)).weight();
      double[] values = tiny.tensors().doubles(weight);
      Arrays.fill(values, 0, rows * WIDTH, value);
      tiny.tensors().assign(weight, values);
      Model<Integer> model =
          tiny.model(
              new Lora()
                  .create(Loras.of(2, 4, "query").layers(0).dora(dora).config(), tiny.setup(3)));
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
      Map<String, double[]> after = new java.util.LinkedHashMap<>();
      for (Param param : model.params().all()) {
        after.put(param.name(), tiny.tensors().doubles(param.value()));
      }
      after.put("scores", tiny.scores(model, Tiny.batch()));
      return after;
    }
  }

  @ParameterizedTest
  @CsvSource({"0, FP64", "0, FP32", "1e-30, FP32"})
  void aWeightOfZerosTrainsAsLoraDoes(double value, Precision precision) {
    Map<String, double[]> lora = trained(false, WIDTH, value, precision);
    Map<String, double[]> dora = trained(true, WIDTH, value, precision);
    lora.forEach(
        (name, values) ->
            assertThat(dora.get(name)).as(name).containsExactly(values, within(1e-6)));
  }

  @ParameterizedTest
  @CsvSource({"1, FP64", "3, FP32", "15, FP64"})
  void rowsOfZerosBesideOthersLeaveEverythingFinite(int rows, Precision precision) {
    Map<String, double[]> dora = trained(true, rows, 0, precision);
    dora.forEach((name, values) -> assertThat(values).as(name).doesNotContain(Double.NaN));
    String magnitude = "encoder.layer.0.attention.self.query.lora_magnitude_vector";
    assertThat(Arrays.copyOf(dora.get(magnitude), rows)).containsOnly(0);
    assertThat(Arrays.copyOfRange(dora.get(magnitude), rows, WIDTH)).doesNotContain(0);
  }
}
