package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.prefix.PrefixTuning;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.prompt.PromptTuning;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.Tiny;
import org.trimtab.testing.TinyWeights;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;

/** Prefixes of real activations, and what a prefix has to do with a prompt. */
class PrefixStartTest {
  private static final int HIDDEN = 16;
  private static final Vocabulary WORDS =
      new Vocabulary() {
        @Override
        public long[] tokenIds(String text) {
          return new long[] {7, 9};
        }

        @Override
        public List<String> classes() {
          return List.of();
        }

        @Override
        public boolean ordinary(long id) {
          return true;
        }
      };

  @Test
  void aPrefixOfATextIsTheFrozenModelsKeysAndValues() {
    try (Tiny tiny = Tiny.of("roberta")) {
      PrefixConfig config =
          new PrefixConfig(
              3,
              PrefixReparameterization.NONE,
              1,
              0,
              false,
              List.of(1),
              PrefixInit.TEXT,
              Optional.of("two words"),
              1);
      PeftModule module = new PrefixTuning().create(config, tiny.setup(1, WORDS));
      Map<Point, double[]> frozen = layerOne(tiny, 7, 9, 7);
      double[] table =
          tiny.tensors().doubles(module.params().find("prompt_embeddings").orElseThrow().value());
      for (int row = 0; row < 3; row++) {
        for (int i = 0; i < HIDDEN; i++) {
          assertThat(table[row * 2 * HIDDEN + i]).isEqualTo(get(frozen, Point.KEY, row, i));
          assertThat(table[(row * 2 + 1) * HIDDEN + i]).isEqualTo(get(frozen, Point.VALUE, row, i));
        }
      }
    }
  }

  private static double get(Map<Point, double[]> frozen, Point point, int row, int i) {
    return Optional.ofNullable(frozen.get(point)).orElseThrow()[row * HIDDEN + i];
  }

  private static Map<Point, double[]> layerOne(Tiny tiny, long... ids) {
    Tensors tensors = tiny.tensors();
    Map<Point, double[]> seen = new LinkedHashMap<>();
    Input input =
        new Input(
            tensors.of(ids, 1, 3),
            tensors.of(new long[3], 1, 3),
            tensors.of(new double[] {1, 1, 1}, 1, 3));
    Contribution watch =
        new Contribution() {
          @Override
          public Optional<Tensor> delta(At at, Tensor out) {
            if (at.site().layer() == 1) {
              seen.put(at.site().point(), tensors.doubles(out));
            }
            return Optional.empty();
          }
        };
    tiny.backbone().forward(input, watch, Dropout.OFF);
    return seen;
  }

  /** P_K = P W_k + b_k, and likewise P_V: in one layer a prompt does no more than that. */
  @Test
  void inOneLayerAPromptAfterTheNormIsAPrefix() {
    BertConfig shape = new BertConfig("bert", HIDDEN, 1, 4, 32, 50, 24, 1e-12, "gelu", 0, 2);
    try (Backbone backbone =
        Backbones.load(
            shape.architecture(),
            TinyWeights.of(shape),
            BackboneOptions.FROZEN,
            DjlTensors.open(Precision.FP64))) {
      Tensors tensors = backbone.tensors();
      Init init = new Init(tensors, new RandomStreams(1).stream("test"));
      Setup setup = new Setup(backbone, init, Vocabulary.NONE);
      PeftModule prompt =
          new PromptTuning()
              .create(
                  new PromptConfig(
                      3, Place.AFTER_CLS, false, true, Optional.empty(), new UniformInit(0.5)),
                  setup);
      PeftModule prefix =
          new PrefixTuning()
              .create(ContractTest.prefix(PrefixReparameterization.NONE, false), setup);
      Tensor rows = prompt.params().find("prompt_embeddings").orElseThrow().value();
      Tensor table =
          project(backbone, Point.KEY, rows).beside(project(backbone, Point.VALUE, rows));
      tensors.assign(
          prefix.params().find("prompt_embeddings").orElseThrow().value(), tensors.doubles(table));
      assertThat(cls(backbone, prefix)).containsExactly(cls(backbone, prompt), within(1e-12));
    }
  }

  private static Tensor project(Backbone backbone, Point point, Tensor rows) {
    FrozenLinear linear = backbone.linear(new Site(Stack.ENCODER, 0, point));
    return rows.linear(linear.weight(), linear.bias().orElseThrow());
  }

  private static double[] cls(Backbone backbone, PeftModule module) {
    Hidden hidden =
        backbone.forward(
            Tiny.batch().input(backbone), module.contribute(new Forward(Dropout.OFF)), Dropout.OFF);
    return backbone.tensors().doubles(hidden.rows().cls(hidden.states()));
  }
}
