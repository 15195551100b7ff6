package org.trimtab.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Randomness;
import org.trimtab.base.Invalid;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.head.ToyLanguageModelHead.Tokens;
import org.trimtab.head.ToySpanHead.Classes;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.GradientCheck;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.UpdateRule;

/** Heads of which no score a choice is asked: one of spans, one of tokens. */
class TaskHeadTest {
  private static final ToySpanHead.Config SPANS = new ToySpanHead.Config(3, 1);
  private static final ToyLanguageModelHead.Config TOKENS = new ToyLanguageModelHead.Config();
  private static final TaskSpec<Classes> OF_SPANS =
      new TaskSpec<>(Classes.class, Optional.empty(), 3);
  private static final TaskSpec<Tokens> OF_TOKENS =
      new TaskSpec<>(Tokens.class, Optional.empty(), 0);

  /** A different number of spans in each text, none in the third. */
  private static final List<List<TokenRange>> MARKED =
      List.of(
          List.of(new TokenRange(1, 2)),
          List.of(new TokenRange(4, 7), new TokenRange(1, 3), new TokenRange(3, 4)),
          List.of(),
          List.of(new TokenRange(2, 6), new TokenRange(1, 2)));

  private static final List<Classes> CLASSES =
      List.of(
          new Classes(List.of(1)),
          new Classes(List.of(2, 1, 0)),
          new Classes(List.of()),
          new Classes(List.of(1, 2)));

  private static <Y> Model<Y> model(Tiny tiny, Place place, HeadConfig head, TaskSpec<Y> task) {
    SoftPrompt prompt =
        new SoftPrompt(new Placement(place, true), 4, tiny.init(1).normal(0.5, 4, 16));
    return new ModelFactory(tiny.backbone(), new RandomStreams(3)).create(prompt, head, task);
  }

  private static Labelled<Classes> spans(int width) {
    return new Labelled<>(Tiny.marked(MARKED, width), CLASSES);
  }

  private static Labelled<Tokens> tokens(int width) {
    Batch batch = Tiny.batch(width);
    return new Labelled<>(batch, batch.choices().stream().map(Tokens::of).toList());
  }

  /** The losses of some steps of AdamW. */
  private static <Y> List<Double> train(Model<Y> model, Labelled<Y> batch, int steps, long seed) {
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    model.params().groups().forEach(g -> rates.put(g, new UpdateRule.Rate(5e-2, 0)));
    UpdateRule rule = new OptimizerConfig.AdamWConfig(0.9, 0.999, 1e-8).rule();
    List<Double> losses = new ArrayList<>();
    try (Optimizer optimizer = new Optimizer(model.params(), rule, rates, model.tensors())) {
      Trainer<Y> trainer =
          new Trainer<>(
              new PlainRecipe<>(model),
              optimizer,
              List.of(new GlobalNormClipping(1)),
              new RandomStreams(seed));
      for (int i = 0; i < steps; i++) {
        losses.add(trainer.step(List.of(batch), 1).loss());
      }
    }
    return losses;
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreExact(Place place) {
    try (Tiny tiny = Tiny.of("bert")) {
      exact(model(tiny, place, SPANS, OF_SPANS), spans(7));
      exact(model(tiny, place, TOKENS, OF_TOKENS), tokens(7));
    }
  }

  private static <Y> void exact(Model<Y> model, Labelled<Y> batch) {
    Map<String, Double> errors = GradientCheck.errors(model, batch);
    assertThat(errors).hasSizeGreaterThan(1);
    errors.forEach((name, error) -> assertThat(error).as(name).isLessThan(1e-6));
    GradientCheck.gradients(new PlainRecipe<>(model), batch)
        .forEach(
            (name, values) -> assertThat(values).as(name).isNotEqualTo(new double[values.length]));
  }

  @Test
  void theyLearnTheirBatchByHeart() {
    try (Tiny tiny = Tiny.of("bert")) {
      learns(model(tiny, Place.FIRST, SPANS, OF_SPANS), spans(7), 400);
      learns(model(tiny, Place.AFTER_CLS, TOKENS, OF_TOKENS), tokens(7), 100);
    }
  }

  private static <Y> void learns(Model<Y> model, Labelled<Y> batch, int steps) {
    List<Double> losses = train(model, batch, steps, 1);
    assertThat(losses.get(steps - 1)).isLessThan(0.7 * losses.get(0));
    assertThat(Evaluator.predict(model, List.of(batch.batch())).stream().map(Prediction::value))
        .isEqualTo(batch.gold());
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedSamplesOthers() {
    assertThat(trained(1)).usingRecursiveComparison().isEqualTo(trained(1));
    assertThat(trained(2).values().iterator().next())
        .isNotEqualTo(trained(1).values().iterator().next());
  }

  private static Map<String, double[]> trained(long seed) {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Classes> model = model(tiny, Place.FIRST, SPANS, OF_SPANS);
      train(model, spans(7), 3, seed);
      Map<String, double[]> values = new LinkedHashMap<>();
      model.params().snapshot(tiny.tensors()).forEach((name, v) -> values.put(name, v.doubles()));
      return values;
    }
  }

  @Test
  void whatIsDrawnDependsOnSeedPurposeStepAndPartAlone() {
    RandomStreams streams = new RandomStreams(1);
    Randomness first = new Randomness(Dropout.OFF, streams, 4, 0);
    assertThat(first.stream("a").nextLong()).isEqualTo(first.stream("a").nextLong());
    assertThat(
            Stream.of(
                    first.stream("a"),
                    first.stream("b"),
                    new Randomness(Dropout.OFF, streams, 5, 0).stream("a"),
                    new Randomness(Dropout.OFF, streams, 4, 1).stream("a"),
                    new Randomness(Dropout.OFF, new RandomStreams(2), 4, 0).stream("a"))
                .map(java.util.Random::nextLong))
        .doesNotHaveDuplicates();
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Classes> model = model(tiny, Place.FIRST, SPANS, OF_SPANS);
      double loss = loss(tiny, model, first);
      assertThat(loss(tiny, model, new Randomness(Dropout.OFF, streams, 5, 0))).isNotEqualTo(loss);
      assertThat(loss(tiny, model, first)).isEqualTo(loss);
    }
  }

  private static double loss(Tiny tiny, Model<Classes> model, Randomness randomness) {
    return tiny.tensors().doubles(model.loss(spans(7), randomness))[0];
  }

  @ParameterizedTest
  @EnumSource
  void paddingAndOtherTextsChangeNothing(Place place) {
    try (Tiny tiny = Tiny.of("roberta")) {
      Model<Classes> model = model(tiny, place, SPANS, OF_SPANS);
      List<Prediction<Classes>> whole = Evaluator.predict(model, List.of(spans(7).batch()));
      List<Prediction<Classes>> wide = Evaluator.predict(model, List.of(spans(12).batch()));
      for (int text = 0; text < 4; text++) {
        assertThat(whole.get(text).scores()).hasSize(3 * MARKED.get(text).size());
        same(wide.get(text), whole.get(text));
        if (!MARKED.get(text).isEmpty()) {
          Batch alone = new Batch(List.of(0), List.of(spans(7).batch().examples().get(text)));
          same(Evaluator.predict(model, List.of(alone)).get(0), whole.get(text));
        }
      }
    }
  }

  private static void same(Prediction<Classes> actual, Prediction<Classes> expected) {
    assertThat(actual.value()).isEqualTo(expected.value());
    for (int i = 0; i < expected.scores().size(); i++) {
      assertThat(actual.scores().get(i)).isCloseTo(expected.scores().get(i), within(1e-10));
    }
  }

  @Test
  void aHeadOfOtherValuesIsRefused() {
    try (Tiny tiny = Tiny.of("bert")) {
      TaskSpec<Integer> classes = new TaskSpec<>(Integer.class, new Classification(3));
      assertThatThrownBy(() -> model(tiny, Place.FIRST, SPANS, classes))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("predicts Classes; found a task of Integer; allowed");
      LinearHeadConfig scored = new LinearHeadConfig(Pooling.CLS, 0, 0.3);
      assertThatThrownBy(() -> model(tiny, Place.FIRST, scored, OF_TOKENS))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("gives scores, which don't tell the task's values, Tokens");
    }
  }
}
