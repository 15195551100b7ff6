package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.base.Invalid;
import org.trimtab.batch.Batch;
import org.trimtab.head.Prediction;
import org.trimtab.method.Features;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.layer.AdapterInput;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.layernorm.LayerNormConfig;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.sum.SumConfig;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.MethodContract;
import org.trimtab.testing.Tiny;

/** UniPELT's gates, computed again in plain sums; what can't be gated; what is saved of them. */
class GatesTest {
  private static final int HIDDEN = 16;
  private static final int TEXT = 7;

  private static Model<Integer> model(Tiny tiny, MethodConfig config) {
    Setup setup =
        new Setup(tiny.backbone(), tiny.setup(1).init(), Vocabulary.NONE, Methods.registry());
    return tiny.model(Methods.registry().create(config, setup));
  }

  private static LoraConfig query() {
    return Loras.of(2, 2, "query").config();
  }

  private static UniPeltConfig of(
      Gating gating, List<String> oneGate, Map<String, MethodConfig> parts) {
    return new UniPeltConfig(
        parts,
        List.of(),
        oneGate,
        gating,
        1,
        GateInput.MODULE,
        Reduction.MASKED_MEAN,
        PrefixGate.SCALE_KV,
        0.5);
  }

  /** What a pass shows, and what enters the sites. */
  private record Seen(Map<String, double[]> traced, Map<Site, double[]> entering) {
    double[] gate(String name) {
      return Optional.ofNullable(traced.get(name)).orElseThrow();
    }

    double[] at(int layer, Point point) {
      return Optional.ofNullable(entering.get(new Site(Stack.ENCODER, layer, point))).orElseThrow();
    }
  }

  private static Seen run(Tiny tiny, Model<Integer> model) {
    Seen seen = new Seen(new LinkedHashMap<>(), new LinkedHashMap<>());
    Contribution watch =
        new Contribution() {
          @Override
          public Optional<Tensor> delta(At at, Tensor out) {
            seen.entering().put(at.site(), tiny.tensors().doubles(at.in()));
            return Optional.empty();
          }
        };
    Input input = Tiny.batch().input(tiny.backbone());
    Forward forward =
        new Forward(
            Dropout.OFF,
            Features.NONE,
            (name, values) -> seen.traced().put(name, tiny.tensors().doubles(values)));
    model
        .backbone()
        .forward(
            input,
            Contributions.sum(List.of(model.module().contribute(forward), watch)),
            Dropout.OFF);
    return seen;
  }

  private static double[] values(Tiny tiny, Model<Integer> model, String name) {
    return tiny.tensors().doubles(model.params().find(name).orElseThrow().value());
  }

  /** x_t · w. */
  private static double dot(double[] x, int row, int t, double[] w, int from) {
    return IntStream.range(0, HIDDEN)
        .mapToDouble(i -> x[(row * TEXT + t) * HIDDEN + i] * w[from + i])
        .sum();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void aGateIsTheMeanOfSigmoidsAndNotTheSigmoidOfTheMean() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(tiny, of(Gating.PER_MODULE, List.of(), ContractTest.parts("lora", query())));
      tiny.randomize(model);
      Seen seen = run(tiny, model);
      String name = "lora.gate.encoder.layer.1.attention.self.query";
      double[] w = values(tiny, model, name + ".weight");
      double b = values(tiny, model, name + ".bias")[0];
      double[] x = seen.at(1, Point.QUERY);
      for (int row = 0; row < 4; row++) {
        int r = row;
        int length = Tiny.batch().choices().get(row).length();
        double mean =
            IntStream.range(0, length)
                .mapToDouble(t -> sigmoid(dot(x, r, t, w, 0) + b))
                .average()
                .orElseThrow();
        double ofMean =
            sigmoid(
                IntStream.range(0, length)
                    .mapToDouble(t -> dot(x, r, t, w, 0) + b)
                    .average()
                    .orElseThrow());
        assertThat(seen.gate(name)[row]).isCloseTo(mean, within(1e-12)).isBetween(0.0, 1.0);
        assertThat(Math.abs(mean - ofMean)).isGreaterThan(1e-6);
      }
    }
  }

  @Test
  void centralGatesShareOutOneSoftmaxALayer() {
    try (Tiny tiny = Tiny.of("roberta")) {
      Map<String, MethodConfig> parts =
          ContractTest.parts("lora", query(), "adapter", ContractTest.adapter(AdapterInput.BRANCH));
      Model<Integer> model = model(tiny, of(Gating.CENTRAL, List.of(), parts));
      tiny.randomize(model);
      Seen seen = run(tiny, model);
      double[] w = values(tiny, model, "central_gate.encoder.layer.1.input.weight");
      double[] x = seen.at(1, Point.LAYER_INPUT);
      double[] lora = seen.gate("lora.central_gate.ENCODER.1");
      double[] adapter = seen.gate("adapter.central_gate.ENCODER.1");
      for (int row = 0; row < 4; row++) {
        double first = Math.exp(meanRelu(x, row, w, 0));
        double second = Math.exp(meanRelu(x, row, w, HIDDEN));
        assertThat(lora[row]).isCloseTo(first / (first + second), within(1e-12));
        assertThat(lora[row] + adapter[row]).isCloseTo(1, within(1e-12));
      }
    }
  }

  private static double meanRelu(double[] x, int row, double[] w, int from) {
    return IntStream.range(0, Tiny.batch().choices().get(row).length())
        .mapToDouble(t -> Math.max(0, dot(x, row, t, w, from)))
        .average()
        .orElseThrow();
  }

  @Test
  void oneGateIsTwoGatesOfTheSameWeightsOnTheLayersInput() {
    try (Tiny tiny = Tiny.of("bert")) {
      Map<String, MethodConfig> parts =
          ContractTest.parts("lora", ContractTest.pattern(".*self\\.(query|value)"));
      Model<Integer> one = model(tiny, of(Gating.PER_MODULE, List.of("lora"), parts));
      Model<Integer> two = model(tiny, of(Gating.PER_MODULE, List.of(), parts));
      tiny.randomize(one);
      for (var param : two.params().all()) {
        String name =
            param.name().replaceFirst("gate(.*)attention.self.(query|value)", "gate$1input");
        tiny.tensors().assign(param.value(), values(tiny, one, name));
      }
      assertThat(tiny.scores(two, Tiny.batch()))
          .containsExactly(tiny.scores(one, Tiny.batch()), within(1e-12));
    }
  }

  /**
   * An adapter that reads the norm's result asks for it before the norm's input is the real one.
   */
  @Test
  void aGateOfANormReadsWhatReallyEntersTheNorm() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, ContractTest.gated(ContractTest.norms(), List.of()));
      tiny.randomize(model);
      Seen seen = run(tiny, model);
      String name = "norms.gate.encoder.layer.1.output.LayerNorm";
      double[] w = values(tiny, model, name + ".weight");
      double b = values(tiny, model, name + ".bias")[0];
      double[] x = seen.at(1, Point.FFN_NORM);
      double expected =
          IntStream.range(0, Tiny.batch().choices().get(2).length())
              .mapToDouble(t -> sigmoid(dot(x, 2, t, w, 0) + b))
              .average()
              .orElseThrow();
      assertThat(seen.gate(name)[2]).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void aGatedSumIsGatedByWhatItsAdapterReads() {
    try (Tiny tiny = Tiny.of("bert")) {
      MethodConfig adapter = ContractTest.adapter(AdapterInput.NORMALIZED);
      Model<Integer> alone = model(tiny, ContractTest.gated(parts(adapter), List.of()));
      Model<Integer> within =
          model(tiny, ContractTest.gated(parts(new SumConfig(parts(adapter))), List.of()));
      tiny.randomize(alone);
      for (var param : within.params().all()) {
        tiny.tensors()
            .assign(
                param.value(), values(tiny, alone, param.name().replaceFirst("x\\.x\\.", "x.")));
      }
      assertThat(tiny.scores(within, Tiny.batch()))
          .containsExactly(tiny.scores(alone, Tiny.batch()));
    }
  }

  private static Map<String, MethodConfig> parts(MethodConfig config) {
    return ContractTest.parts("x", config);
  }

  @Test
  void whatNoGateCanScaleOrReadIsRefused() {
    try (Tiny tiny = Tiny.of("bert")) {
      MethodConfig prompt =
          new PromptConfig(3, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(0.5));
      assertThatThrownBy(() -> model(tiny, ContractTest.gated(parts(prompt), List.of())))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("nothing to scale of the part 'x'");
      MethodConfig norms = new LayerNormConfig(List.of("LayerNorm"));
      assertThatThrownBy(() -> model(tiny, of(Gating.CENTRAL, List.of(), parts(norms))))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("no gate can read");
      assertThatThrownBy(() -> model(tiny, of(Gating.PER_MODULE, List.of("x"), parts(norms))))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("no gate can read");
    }
  }

  @Test
  void promptsThatMoveTheTextDifferentlyAreRefused() {
    try (Tiny tiny = Tiny.of("bert")) {
      Map<String, MethodConfig> clash =
          ContractTest.parts(
              "one",
                  new PromptConfig(
                      3, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(0.5)),
              "two",
                  new PromptConfig(
                      3, Place.AFTER_CLS, false, false, Optional.empty(), new UniformInit(0.5)));
      assertThatThrownBy(() -> model(tiny, new SumConfig(clash)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("allowed one mode");
    }
  }

  /** At its start LoRA is the frozen model, and its gate has no gradient at the first step. */
  @Test
  void gatesOverWhatStartsAsNothingTrain() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(tiny, of(Gating.PER_MODULE, List.of(), ContractTest.parts("lora", query())));
      String gate = "lora.gate.encoder.layer.1.attention.self.query.weight";
      double[] before = values(tiny, model, gate);
      MethodContract.train(model, 4);
      assertThat(values(tiny, model, gate)).isNotEqualTo(before);
    }
  }

  @Test
  void tracesOfTwoPartsStandUnderTheirNames() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(
              tiny,
              new SumConfig(
                  ContractTest.parts(
                      "one", ContractTest.attempt(false), "two", ContractTest.attempt(false))));
      assertThat(run(tiny, model).traced().keySet())
          .contains("one.attention.own", "two.attention.own");
    }
  }

  @Test
  void predictionsCarryTheTraceOfTheirOwnExample() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(tiny, of(Gating.PER_MODULE, List.of(), ContractTest.parts("lora", query())));
      tiny.randomize(model);
      Batch all = Tiny.batch();
      List<Batch> turned = new ArrayList<>();
      for (int row = 3; row >= 0; row--) {
        turned.add(Tiny.single(row));
      }
      List<Prediction<Integer>> together = Evaluator.predict(model, List.of(all));
      List<Prediction<Integer>> alone = Evaluator.predict(model, turned);
      for (int row = 0; row < 4; row++) {
        assertThat(alone.get(row).trace()).hasSize(2);
        for (String name : alone.get(row).trace().keySet()) {
          assertThat(together.get(row).trace().getOrDefault(name, -1.0))
              .isCloseTo(alone.get(row).trace().getOrDefault(name, -2.0), within(1e-12));
        }
      }
    }
  }
}
