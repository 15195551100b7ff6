package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.prompt.LabelInit;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.method.prompt.TextInit;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.method.prompt.VocabularyInit;
import org.trimtab.methods.residualprompt.ResidualPrompt;
import org.trimtab.methods.residualprompt.ResidualPromptConfig;
import org.trimtab.model.Model;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Tensors;
import org.trimtab.testing.GradientCheck;
import org.trimtab.testing.Tiny;

/** The identities of prompt tuning and residual prompt tuning. */
class PromptIdentitiesTest {
  /** Two words: "yes" is token 7, "not so" are tokens 8 and 9. */
  private static final Vocabulary WORDS =
      new Vocabulary() {
        @Override
        public long[] tokenIds(String text) {
          return text.equals("yes") ? new long[] {7} : new long[] {8, 9};
        }

        @Override
        public List<String> classes() {
          return List.of("yes", "not so");
        }

        @Override
        public boolean ordinary(long id) {
          return id >= 5;
        }
      };

  private static double[] cls(Backbone backbone, Input input, Contribution contribution) {
    Hidden hidden = backbone.forward(input, contribution, Dropout.OFF);
    return backbone.tensors().doubles(hidden.rows().cls(hidden.states()));
  }

  private static SoftPrompt prompt(Tensors tensors, Placement placement, double[][] rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return new SoftPrompt(placement, rows.length, tensors.of(flat, rows.length, rows[0].length));
  }

  @Test
  void aPromptOfTokenEmbeddingsIsTheConcatenatedText() {
    try (Tiny tiny = Tiny.of("bert")) {
      Tensors tensors = tiny.tensors();
      double[][] rows = tiny.backbone().wordEmbeddings(11, 12);
      Contribution prompt =
          prompt(tensors, new Placement(Place.AFTER_CLS, true), rows)
              .contribute(new Forward(Dropout.OFF));
      Input text = input(tensors, 3, 20, 21, 22);
      Input longer = input(tensors, 3, 11, 12, 20, 21, 22);
      assertThat(cls(tiny.backbone(), text, prompt))
          .containsExactly(cls(tiny.backbone(), longer, Contribution.NONE), within(1e-10));
    }
  }

  private static Input input(Tensors tensors, long... ids) {
    double[] mask = new double[ids.length];
    Arrays.fill(mask, 1);
    return new Input(
        tensors.of(ids, 1, ids.length),
        tensors.of(new long[ids.length], 1, ids.length),
        tensors.of(mask, 1, ids.length));
  }

  @Test
  void theOrderOfRowsMattersOnlyWithPositions() {
    try (Tiny tiny = Tiny.of("bert")) {
      Input input = Tiny.batch().input(tiny.backbone());
      double[][] rows = tiny.backbone().wordEmbeddings(11, 12);
      double[][] turned = {rows[1], rows[0]};
      for (boolean shifts : List.of(true, false)) {
        Placement placement = new Placement(Place.AFTER_CLS, shifts);
        Forward forward = new Forward(Dropout.OFF);
        double[] one =
            cls(
                tiny.backbone(),
                input,
                prompt(tiny.tensors(), placement, rows).contribute(forward));
        double[] other =
            cls(
                tiny.backbone(),
                input,
                prompt(tiny.tensors(), placement, turned).contribute(forward));
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
          largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        if (shifts) {
          assertThat(largest).isGreaterThan(1e-3);
        } else {
          assertThat(largest).isLessThan(1e-10);
        }
      }
    }
  }

  @Test
  void clsIsReadWhereItIs() {
    try (Tiny tiny = Tiny.of("bert")) {
      double[][] rows = tiny.backbone().wordEmbeddings(11, 12);
      Input input = Tiny.batch().input(tiny.backbone());
      Forward forward = new Forward(Dropout.OFF);
      // Without positions the place of the prompt changes nothing of [CLS].
      double[] first =
          cls(
              tiny.backbone(),
              input,
              prompt(tiny.tensors(), new Placement(Place.FIRST, false), rows).contribute(forward));
      double[] after =
          cls(
              tiny.backbone(),
              input,
              prompt(tiny.tensors(), new Placement(Place.AFTER_CLS, false), rows)
                  .contribute(forward));
      assertThat(first).containsExactly(after, within(1e-10));
    }
  }

  @Test
  void labelRowsAreMeansOfTokenEmbeddingsAndCopies() {
    try (Tiny tiny = Tiny.of("bert")) {
      var rows = new LabelInit(20).rows(4, tiny.setup(1, WORDS));
      double[] values = tiny.tensors().doubles(rows);
      double[][] words = tiny.backbone().wordEmbeddings(7, 8, 9);
      for (int i = 0; i < 16; i++) {
        assertThat(values[i]).isEqualTo(words[0][i]);
        assertThat(values[16 + i]).isCloseTo((words[1][i] + words[2][i]) / 2, within(1e-12));
      }
      tiny.tensors().assign(rows, new double[values.length]);
      assertThat(tiny.backbone().wordEmbeddings(7)[0]).isEqualTo(words[0]);
    }
  }

  @Test
  void sampledRowsAreDistinctRowsOfOrdinaryTokens() {
    try (Tiny tiny = Tiny.of("bert")) {
      double[] values =
          tiny.tensors().doubles(new VocabularyInit(20).rows(20, tiny.setup(1, WORDS)));
      List<List<Double>> rows = rows(values);
      assertThat(rows).doesNotHaveDuplicates();
      long[] first = new long[20];
      Arrays.setAll(first, i -> i + 5);
      double[] allowed =
          Arrays.stream(tiny.backbone().wordEmbeddings(first))
              .flatMapToDouble(Arrays::stream)
              .toArray();
      assertThat(rows(allowed)).containsExactlyInAnyOrderElementsOf(rows);
    }
  }

  @Test
  void aTextIsCutOrRepeated() {
    try (Tiny tiny = Tiny.of("bert")) {
      double[] values =
          tiny.tensors().doubles(new TextInit("not so", true, 20).rows(3, tiny.setup(1, WORDS)));
      List<List<Double>> rows = rows(values);
      assertThat(rows.get(2)).isEqualTo(rows.get(0)).isNotEqualTo(rows.get(1));
      assertThat(new TextInit("not so", false, 20).rows(1, tiny.setup(1, WORDS))).isNotNull();
    }
  }

  private static List<List<Double>> rows(double[] flat) {
    return java.util.stream.IntStream.range(0, flat.length / 16)
        .mapToObj(i -> Arrays.stream(flat, i * 16, i * 16 + 16).boxed().toList())
        .toList();
  }

  @Test
  void aGainOfZeroIsPlainPromptTuning() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> residual = tiny.model(residual(tiny, 0, true));
      SoftPrompt plain =
          new SoftPrompt(
              new Placement(Place.AFTER_CLS, true), 4, new UniformInit(0.5).rows(4, tiny.setup(1)));
      assertThat(tiny.scores(residual, Tiny.batch()))
          .containsExactly(tiny.scores(tiny.model(plain), Tiny.batch()));
    }
  }

  @Test
  void withoutResidualAGainOfZeroGivesZeroRows() {
    try (Tiny tiny = Tiny.of("bert")) {
      PeftModule folded = residual(tiny, 0, false).fold();
      Param rows = folded.params().find(SoftPrompt.NAME).orElseThrow();
      assertThat(tiny.tensors().doubles(rows.value())).containsOnly(0);
    }
  }

  @Test
  void theGradientOfAPromptIsThatOfItsRowsSummedOverTheBatch() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> residual = tiny.model(residual(tiny, 0, true));
      Model<Integer> plain = residual.fold();
      Map<String, double[]> ofResidual = GradientCheck.gradients(residual);
      Map<String, double[]> ofPlain = GradientCheck.gradients(plain);
      // With a gain of 0 the branch passes no gradient: the identity of the residual is left.
      assertThat(ofResidual.get(SoftPrompt.NAME))
          .containsExactly(ofPlain.get(SoftPrompt.NAME), within(1e-12));
    }
  }

  @Test
  void separateMlpsWithTheSameWeightsAreTheSharedOne() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> shared =
          tiny.model(
              new ResidualPrompt()
                  .create(ContractTest.residual(Activation.RELU, true, true), tiny.setup(1)));
      Model<Integer> separate =
          tiny.model(
              new ResidualPrompt()
                  .create(ContractTest.residual(Activation.RELU, false, true), tiny.setup(1)));
      for (Param param : separate.params().all()) {
        String name = param.name().replaceFirst("mlp\\.\\d+\\.", "mlp.");
        Param source = shared.params().find(name).orElseThrow();
        tiny.tensors().assign(param.value(), tiny.tensors().doubles(source.value()));
      }
      assertThat(tiny.scores(separate, Tiny.batch()))
          .containsExactly(tiny.scores(shared, Tiny.batch()), within(1e-12));
    }
  }

  @Test
  void parametersAreAsManyAsPublished() {
    // N d + 2 d m + (m + d) + 2 d: Residual Prompt Tuning on T5-large, 925K in the literature.
    long n = 100;
    long d = 1024;
    long m = 400;
    assertThat(n * d + 2 * d * m + (m + d) + 2 * d).isEqualTo(925_072);
    try (Tiny tiny = Tiny.of("bert")) {
      long own = 4 * 16 + 2 * 16 * 6 + (6 + 16) + 2 * 16;
      assertThat(residual(tiny, 1, true).params().count(tiny.tensors())).isEqualTo(own);
      assertThat(residual(tiny, 1, true).fold().params().count(tiny.tensors())).isEqualTo(4 * 16);
    }
  }

  private static PeftModule residual(Tiny tiny, double gain, boolean residual) {
    ResidualPromptConfig config =
        new ResidualPromptConfig(
            4,
            Place.AFTER_CLS,
            true,
            new UniformInit(0.5),
            6,
            Activation.RELU,
            0,
            true,
            gain,
            residual,
            true);
    return new ResidualPrompt().create(config, tiny.setup(1));
  }
}
