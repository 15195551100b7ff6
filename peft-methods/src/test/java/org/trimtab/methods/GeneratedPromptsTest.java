package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.Phm;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.dept.DeptConfig;
import org.trimtab.methods.idpg.FirstPass;
import org.trimtab.methods.idpg.GeneratorConfig;
import org.trimtab.methods.idpg.LinearGenerator;
import org.trimtab.methods.idpg.PhmGenerator;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.idpg.Sharing;
import org.trimtab.methods.idpg.WordVectors;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.model.Model;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.testing.GradientCheck;
import org.trimtab.testing.Tiny;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** The identities of prompts that are made of each text, and of DePT. */
class GeneratedPromptsTest {
  private static Model<Integer> model(Tiny tiny, MethodConfig config) {
    Setup setup =
        new Setup(tiny.backbone(), tiny.setup(1).init(), Vocabulary.NONE, Methods.registry());
    Model<Integer> model = tiny.model(Methods.registry().create(config, setup));
    tiny.randomize(model);
    return model;
  }

  private static void set(Tiny tiny, Model<Integer> model, String part, double... values) {
    Param param = param(model, part);
    double[] all = tiny.tensors().doubles(param.value());
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i % values.length];
    }
    tiny.tensors().assign(param.value(), all);
  }

  private static double[] get(Map<String, double[]> gradients, String name) {
    return Optional.ofNullable(gradients.get(name)).orElseThrow();
  }

  private static Param param(Model<Integer> model, String name) {
    return model.params().find(name).orElseThrow();
  }

  private static double[] values(Tiny tiny, Model<Integer> model, String name) {
    return tiny.tensors().doubles(param(model, name).value());
  }

  @Test
  void withoutWeightsAGeneratorIsPlainPromptTuning() {
    try (Tiny tiny = Tiny.of("bert")) {
      for (GeneratorConfig generator : IdpgConfigs.generators()) {
        Model<Integer> generated =
            model(tiny, IdpgConfigs.of(false, Sharing.LAYER_BIAS, new FirstPass(), generator));
        for (Param param : generated.module().params().all()) {
          if (param.name().matches("generator\\.(up\\.(weight|W_left)|weight)")) {
            set(tiny, generated, param.name(), 0);
          }
        }
        Model<Integer> plain =
            model(
                tiny,
                new PromptConfig(
                    2, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(1)));
        set(tiny, plain, "prompt_embeddings", values(tiny, generated, "prompt_embeddings.0"));
        set(tiny, plain, "classifier.weight", values(tiny, generated, "classifier.weight"));
        set(tiny, plain, "classifier.bias", values(tiny, generated, "classifier.bias"));
        assertThat(tiny.scores(generated, Tiny.batch()))
            .containsExactly(tiny.scores(plain, Tiny.batch()), within(1e-12));
      }
    }
  }

  @Test
  void sharedWeightsGetTheSumOfTheLayersGradients() {
    try (Tiny tiny = Tiny.of("roberta")) {
      Model<Integer> shared =
          model(
              tiny,
              IdpgConfigs.of(true, Sharing.LAYER_BIAS, new PreviousLayer(), IdpgConfigs.dnn()));
      Model<Integer> separate =
          model(tiny, IdpgConfigs.of(true, Sharing.NONE, new PreviousLayer(), IdpgConfigs.dnn()));
      for (Param param : separate.params().all()) {
        String name = param.name().replaceFirst("generator\\.\\d+", "generator");
        set(tiny, separate, param.name(), values(tiny, shared, name));
      }
      Map<String, double[]> ofShared = GradientCheck.gradients(shared);
      Map<String, double[]> ofSeparate = GradientCheck.gradients(separate);
      for (String name : List.of("down.weight", "down.bias", "up.weight")) {
        double[] sum = get(ofSeparate, "generator.0." + name).clone();
        double[] second = get(ofSeparate, "generator.1." + name);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += second[i];
        }
        assertThat(ofShared.get("generator." + name)).containsExactly(sum, within(1e-12));
      }
    }
  }

  @Test
  void noPromptIsAddedAtTheFirstLayersInputNorAfterTheLast() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> deep =
          model(tiny, IdpgConfigs.of(true, Sharing.ALL, new FirstPass(), IdpgConfigs.dnn()));
      assertThat(deep.module().sites()).extracting(site -> site.layer()).containsExactly(1);
    }
  }

  @Test
  void theOrderOfWordsDoesNotMatterToWordVectors() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(
              tiny,
              IdpgConfigs.of(true, Sharing.LAYER_BIAS, IdpgConfigs.words(), IdpgConfigs.phm(true)));
      double[] scores = tiny.scores(model, Tiny.batch());
      List<String> turned = List.of("two one", "Three. Two?", "three", "of these none");
      assertThat(tiny.scores(model, Tiny.batch(turned))).containsExactly(scores, within(1e-12));
      List<String> others = List.of("two two", "two three", "three", "none of these");
      assertThat(Differences.largest(tiny.scores(model, Tiny.batch(others)), scores))
          .isGreaterThan(1e-4);
    }
  }

  @Test
  void faultyWordVectorsAreNamedByTheirLine(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("vectors.txt");
    Files.writeString(file, "one 1 2 3 4\nof the 1 2 3 4\ntwo 1 2 x 4\n");
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(
              tiny,
              IdpgConfigs.of(false, Sharing.LAYER_BIAS, new WordVectors(file), IdpgConfigs.dnn()));
      assertThatThrownBy(() -> tiny.scores(model, Tiny.batch()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("vectors.txt:3: not a number");
      Path missing = folder.resolve("missing.txt");
      assertThatThrownBy(() -> new WordVectors(missing).open(tiny.setup(1), Optional.empty()))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("there is no such file");
    }
  }

  @Test
  void aFirstPassOfATrainingBackboneIsRefused() {
    BackboneOptions full = new BackboneOptions(Tuning.FULL, PoolerMode.NONE, DropoutRates.NONE);
    try (Tiny tiny = Tiny.of("bert", full, Precision.FP64)) {
      assertThatThrownBy(() -> new PreviousLayer().open(tiny.setup(1), Optional.empty()))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("the backbone trains");
    }
  }

  /** H[a, b] = Σ_i A_i[a div p, b div q] B_i[a mod p, b mod q], made here only. */
  @Test
  void hypercomplexLayersAreKroneckerProducts() {
    try (Tiny tiny = Tiny.of("bert")) {
      Tensors tensors = tiny.tensors();
      int n = 3;
      int in = 6;
      int out = 12;
      double[] a = tensors.doubles(tiny.init(1).normal(1, n, n, n));
      double[] b = tensors.doubles(tiny.init(2).normal(1, n, in / n, out / n));
      double[] x = tensors.doubles(tiny.init(3).normal(1, 2, 1, in));
      double[] y =
          tensors.doubles(
              new Phm(n, tensors.of(a, n, n, n))
                  .of(tensors.of(x, 2, 1, in), tensors.of(b, n, in / n, out / n)));
      double[] expected = new double[2 * out];
      for (int row = 0; row < 2; row++) {
        for (int c = 0; c < out; c++) {
          for (int r = 0; r < in; r++) {
            double h = 0;
            for (int i = 0; i < n; i++) {
              h +=
                  a[(i * n + r / (in / n)) * n + c / (out / n)]
                      * b[(i * (in / n) + r % (in / n)) * (out / n) + c % (out / n)];
            }
            expected[row * out + c] += x[row * in + r] * h;
          }
        }
      }
      assertThat(y).containsExactly(expected, within(1e-12));
    }
  }

  @Test
  void lowRankFactorsAreTheirProduct() {
    try (Tiny tiny = Tiny.of("bert")) {
      Phm phm = new Phm(2, tiny.init(1).normal(1, 2, 2, 2));
      var left = tiny.init(2).normal(1, 2, 4, 3);
      var right = tiny.init(3).normal(1, 2, 3, 5);
      var x = tiny.init(4).normal(1, 2, 1, 8);
      assertThat(tiny.tensors().doubles(phm.of(x, left, right)))
          .containsExactly(tiny.tensors().doubles(phm.of(x, left.matmul(right))), within(1e-12));
    }
  }

  @Test
  void aMaximumOverPaddingSeesIt() {
    try (Tiny tiny = Tiny.of("bert")) {
      for (boolean padding : List.of(true, false)) {
        Model<Integer> model = model(tiny, ContractTest.attempt(padding));
        double moved =
            Differences.largest(
                tiny.scores(model, Tiny.batch(12)), tiny.scores(model, Tiny.batch()));
        if (padding) {
          assertThat(moved).isGreaterThan(1e-4);
        } else {
          assertThat(moved).isLessThan(1e-10);
        }
      }
    }
  }

  @Test
  void anIndifferentAttentionIsTheMeanOfAllPromptsAndItsOwn() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> attempt = model(tiny, ContractTest.attempt(false));
      set(tiny, attempt, "attention.norm.weight", 0);
      set(tiny, attempt, "attention.norm.bias", 0);
      double[] expected = values(tiny, attempt, "prompt_embeddings").clone();
      double[] own = expected.clone();
      for (int i = 0; i < own.length; i++) {
        double sum = own[i];
        for (var source : attempt.module().constants().values()) {
          sum += tiny.tensors().doubles(source)[i];
        }
        expected[i] += sum / 3;
      }
      Model<Integer> plain =
          model(
              tiny,
              new PromptConfig(
                  3, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(1)));
      set(tiny, plain, "prompt_embeddings", expected);
      set(tiny, plain, "classifier.weight", values(tiny, attempt, "classifier.weight"));
      set(tiny, plain, "classifier.bias", values(tiny, attempt, "classifier.bias"));
      assertThat(tiny.scores(attempt, Tiny.batch()))
          .containsExactly(tiny.scores(plain, Tiny.batch()), within(1e-12));
    }
  }

  @Test
  void withoutAnUpdateDeptIsPlainPromptTuning() {
    try (Tiny tiny = Tiny.of("roberta")) {
      Model<Integer> dept =
          model(tiny, new DeptConfig(3, Place.AFTER_CLS, true, new UniformInit(1), 2, 3, 12));
      double[] updated = tiny.scores(dept, Tiny.batch());
      set(tiny, dept, "lora_B", 0);
      Model<Integer> plain =
          model(
              tiny,
              new PromptConfig(
                  3, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(1)));
      set(tiny, plain, "prompt_embeddings", values(tiny, dept, "prompt_embeddings"));
      set(tiny, plain, "classifier.weight", values(tiny, dept, "classifier.weight"));
      set(tiny, plain, "classifier.bias", values(tiny, dept, "classifier.bias"));
      double[] scores = tiny.scores(plain, Tiny.batch());
      assertThat(tiny.scores(dept, Tiny.batch())).containsExactly(scores);
      assertThat(Differences.largest(updated, scores)).isGreaterThan(1e-3);
    }
  }

  @Test
  void oneTermIsADenseMatrixTimesANumber() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> one =
          model(
              tiny,
              IdpgConfigs.of(
                  false,
                  Sharing.LAYER_BIAS,
                  new FirstPass(),
                  new PhmGenerator(1, 3, Activation.TANH, false)));
      Model<Integer> dense =
          model(
              tiny, IdpgConfigs.of(false, Sharing.LAYER_BIAS, new FirstPass(), IdpgConfigs.dnn()));
      set(tiny, dense, "generator.down.weight", scaled(tiny, one, "down", 16, 3));
      set(tiny, dense, "generator.up.weight", scaled(tiny, one, "up", 3, 32));
      for (String name :
          List.of(
              "generator.down.bias",
              "prompt_embeddings.0",
              "classifier.weight",
              "classifier.bias")) {
        set(tiny, dense, name, values(tiny, one, name));
      }
      assertThat(tiny.scores(one, Tiny.batch()))
          .containsExactly(tiny.scores(dense, Tiny.batch()), within(1e-12));
    }
  }

  /** A_1 times the transposed (in, out) weight. */
  private static double[] scaled(Tiny tiny, Model<Integer> one, String layer, int in, int out) {
    double factor = values(tiny, one, "generator." + layer + ".phm_rule")[0];
    double[] weight = values(tiny, one, "generator." + layer + ".weight");
    double[] turned = new double[weight.length];
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        turned[o * in + i] = factor * weight[i * out + o];
      }
    }
    return turned;
  }

  /** Prompts by hand: W z at the input, W [CLS] added where the rows enter the second layer. */
  @Test
  void deepPromptsReadClsWhereItEntersTheirLayer() {
    try (Tiny tiny = Tiny.of("roberta")) {
      Model<Integer> model =
          model(
              tiny,
              IdpgConfigs.of(true, Sharing.LAYER_BIAS, new PreviousLayer(), new LinearGenerator()));
      Tensor weight = param(model, "generator.weight").value();
      Tensor first = param(model, "prompt_embeddings.0").value();
      Tensor second = param(model, "prompt_embeddings.1").value();
      Input input = Tiny.batch().input(tiny.backbone());
      Hidden frozen = tiny.backbone().forward(input, Contribution.NONE, Dropout.OFF);
      Tensor rows = frozen.rows().cls(frozen.states()).linear(weight).view(0, 2, -1).add(first);
      Prompt prompt = new Prompt(Place.AFTER_CLS, true, 2, rows);
      Contribution byHand =
          new Contribution() {
            @Override
            public List<Prompt> prompts(At at) {
              return at.site().point() == Point.EMBEDDING ? List.of(prompt) : List.of();
            }

            @Override
            public Optional<Tensor> delta(At at, Tensor out) {
              if (at.site().point() != Point.LAYER_INPUT || at.site().layer() != 1) {
                return Optional.empty();
              }
              Tensor own = at.rows().cls(at.in()).linear(weight).view(0, 2, -1).add(second);
              return Optional.of(at.rows().place(prompt, own));
            }
          };
      Tensor scores =
          Tiny.head(model).scores(tiny.backbone().forward(input, byHand, Dropout.OFF), Dropout.OFF);
      assertThat(tiny.scores(model, Tiny.batch()))
          .containsExactly(tiny.tensors().doubles(scores), within(1e-10));
    }
  }

  /** Without weights every text gets the same prompts, at the input and at each layer. */
  @Test
  void withoutWeightsDeepPromptsDoNotDependOnTheText() {
    try (Tiny tiny = Tiny.of("bert")) {
      for (var encoder : IdpgConfigs.encoders()) {
        Model<Integer> model =
            model(tiny, IdpgConfigs.of(true, Sharing.LAYER_BIAS, encoder, new LinearGenerator()));
        assertThat(prompts(tiny, model).get(0)).isNotEqualTo(prompts(tiny, model).get(1));
        set(tiny, model, "generator.weight", 0);
        List<List<Double>> prompts = prompts(tiny, model);
        assertThat(prompts.get(0)).isEqualTo(prompts.get(1)).isEqualTo(prompts.get(3));
      }
    }
  }

  /** What each text's prompt is, at the input and where it is added at the second layer. */
  private static List<List<Double>> prompts(Tiny tiny, Model<Integer> model) {
    Input input = Tiny.batch().input(tiny.backbone());
    Contribution own =
        model
            .module()
            .contribute(
                new Forward(
                    Dropout.OFF, feature -> feature.of(input), org.trimtab.method.Trace.NONE));
    List<List<Double>> prompts = new ArrayList<>();
    for (int row = 0; row < 4; row++) {
      prompts.add(new ArrayList<>());
    }
    Contribution watch =
        new Contribution() {
          @Override
          public List<Prompt> prompts(At at) {
            List<Prompt> rows = own.prompts(at);
            rows.forEach(prompt -> note(tiny.tensors().doubles(prompt.rows()), prompts));
            return rows;
          }

          @Override
          public Optional<Tensor> delta(At at, Tensor out) {
            Optional<Tensor> delta = own.delta(at, out);
            delta.ifPresent(d -> note(tiny.tensors().doubles(d), prompts));
            return delta;
          }
        };
    tiny.backbone().forward(input, watch, Dropout.OFF);
    return prompts;
  }

  private static void note(double[] values, List<List<Double>> to) {
    int width = values.length / to.size();
    for (int i = 0; i < values.length; i++) {
      to.get(i / width).add(values[i]);
    }
  }
}
