package org.trimtab.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.golden.Golden;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;

/** Heads that read marked places of a text. */
class SpanHeadTest {
  private static final List<List<TokenRange>> SPANS =
      List.of(
          List.of(new TokenRange(1, 2), new TokenRange(2, 3)),
          List.of(new TokenRange(4, 7), new TokenRange(1, 3)),
          List.of(new TokenRange(3, 4), new TokenRange(1, 5)),
          List.of(new TokenRange(0, 1), new TokenRange(2, 6)));

  private static Model<Integer> model(Tiny tiny, PeftModule module, HeadConfig config) {
    TaskSpec<Integer> task = new TaskSpec<>(Integer.class, Optional.of(new Classification(3)), 2);
    return new Model<>(tiny.backbone(), module, config.create(task, tiny.backbone(), tiny.init(3)));
  }

  private static PeftModule prompt(Tiny tiny, Placement placement) {
    return new SoftPrompt(placement, 4, tiny.init(1).normal(0.5, 4, 16));
  }

  static Stream<Arguments> placements() {
    return Stream.of(
            new Placement(Place.FIRST, true),
            new Placement(Place.AFTER_CLS, true),
            new Placement(Place.FIRST, false),
            new Placement(Place.AFTER_CLS, false),
            new Placement(Point.EMBEDDING_NORM, Place.FIRST, false),
            new Placement(Point.EMBEDDING_NORM, Place.AFTER_CLS, false))
        .flatMap(
            placement ->
                Stream.of("bert", "roberta").map(family -> Arguments.of(family, placement)));
  }

  /** The states of the span's own tokens, wherever the prompt has moved them. */
  @ParameterizedTest
  @MethodSource("placements")
  void theMeanIsThatOfTheMarkedTokensBehindAnyPrompt(String family, Placement placement) {
    try (Tiny tiny = Tiny.of(family)) {
      PeftModule prompt = prompt(tiny, placement);
      Contribution contribution = prompt.contribute(new Forward(Dropout.OFF));
      Batch batch = Tiny.marked(SPANS, 7);
      Hidden hidden =
          tiny.backbone().forward(batch.input(tiny.backbone()), contribution, Dropout.OFF);
      double[] states = tiny.tensors().doubles(hidden.states());
      double[] read = tiny.tensors().doubles(Pooling.CLS.read(hidden, 2));
      int cls = placement.place() == Place.FIRST ? 4 : 0;
      for (int row = 0; row < 4; row++) {
        double[] expected = new double[48];
        add(states, row, cls, 1, expected, 0);
        for (int s = 0; s < 2; s++) {
          TokenRange span = SPANS.get(row).get(s);
          for (int token = span.from(); token < span.to(); token++) {
            int at = token == 0 ? cls : token + 4;
            add(states, row, at, 1.0 / (span.to() - span.from()), expected, 16 * (s + 1));
          }
        }
        assertThat(Arrays.copyOfRange(read, row * 48, row * 48 + 48))
            .containsExactly(expected, within(1e-12));
      }
    }
  }

  private static void add(
      double[] states, int row, int at, double weight, double[] sum, int offset) {
    for (int h = 0; h < 16; h++) {
      sum[offset + h] += weight * states[(row * 11 + at) * 16 + h];
    }
  }

  @ParameterizedTest
  @MethodSource("placements")
  void paddingAndTheOrderOfRowsChangeNothing(String family, Placement placement) {
    try (Tiny tiny = Tiny.of(family)) {
      Model<Integer> model =
          model(tiny, prompt(tiny, placement), new DenseHeadConfig(Pooling.CLS, 0, 0.3));
      double[] scores = tiny.scores(model, Tiny.marked(SPANS, 7));
      assertThat(tiny.scores(model, Tiny.marked(SPANS, 12))).containsExactly(scores, within(1e-10));
      for (int row = 0; row < 4; row++) {
        assertThat(tiny.scores(model, Tiny.single(Tiny.marked(SPANS, 7), row)))
            .containsExactly(Arrays.copyOfRange(scores, row * 3, row * 3 + 3), within(1e-10));
      }
    }
  }

  @Test
  void anotherPlaceGivesOtherScoresInItsRowAlone() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(
              tiny,
              prompt(tiny, new Placement(Place.AFTER_CLS, true)),
              new LinearHeadConfig(Pooling.CLS, 0, 0.3));
      double[] scores = tiny.scores(model, Tiny.marked(SPANS, 7));
      List<List<TokenRange>> moved =
          IntStream.range(0, 4)
              .mapToObj(
                  i -> i == 1 ? List.of(SPANS.get(1).get(1), SPANS.get(1).get(0)) : SPANS.get(i))
              .toList();
      double[] other = tiny.scores(model, Tiny.marked(moved, 7));
      assertThat(Math.abs(scores[3] - other[3])).isGreaterThan(1e-4);
      other[3] = scores[3];
      other[4] = scores[4];
      other[5] = scores[5];
      assertThat(other).containsExactly(scores, within(1e-12));
    }
  }

  @Test
  void gradientsReachTheHeadsWholeWidthAndThePrompt() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model =
          model(
              tiny,
              prompt(tiny, new Placement(Place.FIRST, true)),
              new LinearHeadConfig(Pooling.CLS, 0, 0.3));
      Map<String, HostTensor> before = model.params().snapshot(tiny.tensors());
      UpdateRule.Rate rate = new UpdateRule.Rate(0.1, 0);
      try (Optimizer optimizer =
          new Optimizer(
              model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate), tiny.tensors())) {
        new Trainer<>(new PlainRecipe<>(model), optimizer, List.of(), new RandomStreams(1))
            .step(List.of(new Labelled<>(Tiny.marked(SPANS, 7), Tiny.gold())), 1);
      }
      Map<String, HostTensor> after = model.params().snapshot(tiny.tensors());
      before.forEach(
          (name, values) -> {
            double[] moved = Golden.get(after, name).doubles();
            for (int i = 0; i < moved.length; i++) {
              assertThat(moved[i]).as(name + "/" + i).isNotEqualTo(values.doubles()[i]);
            }
          });
    }
  }
}
