package org.trimtab.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Batch;
import org.trimtab.batch.BatchSize;
import org.trimtab.batch.Batches;
import org.trimtab.batch.Labelled;
import org.trimtab.golden.Golden;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;

/** Examples of several rows with one score each. */
class MultipleChoiceTest {
  private static final int EXAMPLES = 7;

  private static Model<Integer> model(Tiny tiny, int choices) {
    Head head =
        new LinearHeadConfig(Pooling.CLS, 0, 0.3)
            .create(tiny.backbone().spec().hidden(), 1, tiny.init(3));
    PeftModule prompt =
        new SoftPrompt(new Placement(Place.AFTER_CLS, true), 4, tiny.init(1).normal(0.5, 4, 16));
    return new Model<>(
        tiny.backbone(),
        prompt,
        new ScoredHead<>(head, new MultipleChoice(choices), tiny.tensors()));
  }

  /** Rows of different lengths and tokens. */
  private static List<List<Encoding>> examples(int choices) {
    Random random = new Random(3);
    return IntStream.range(0, EXAMPLES)
        .mapToObj(
            e ->
                IntStream.range(0, choices)
                    .mapToObj(
                        k -> {
                          int length = 3 + random.nextInt(6);
                          Texts texts = new Texts(e + "/" + k, Optional.empty());
                          int[] ids = random.ints(length, 3, 40).toArray();
                          return new Encoding(texts, ids, new byte[length]);
                        })
                    .toList())
        .toList();
  }

  @Test
  void rowsOfAnExampleStandTogetherInEveryBatch() {
    for (Labelled<Integer> labelled : shuffled(1)) {
      Batch batch = labelled.batch();
      assertThat(batch.choices()).hasSize(batch.indices().size() * 3);
      assertThat(labelled.gold()).isEqualTo(batch.indices());
      for (int i = 0; i < batch.indices().size(); i++) {
        int example = batch.indices().get(i);
        assertThat(batch.choices().subList(3 * i, 3 * i + 3).stream().map(Encoding::text))
            .containsExactly(example + "/0", example + "/1", example + "/2");
      }
    }
    assertThat(shuffled(1).stream().flatMap(b -> b.batch().indices().stream()).sorted())
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  /** Batches of two examples of three choices, each with its own number as gold value. */
  private static List<Labelled<Integer>> shuffled(long seed) {
    List<Integer> numbers = IntStream.range(0, EXAMPLES).boxed().toList();
    return Batches.shuffled(examples(3), numbers, BatchSize.of(2), new Random(seed));
  }

  @Test
  void theSizeOfABatchAndItsOrderChangeNothing() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, 3);
      List<Prediction<Integer>> whole = predict(model, examples(3), EXAMPLES);
      List<Prediction<Integer>> single = predict(model, examples(3), 1);
      List<Prediction<Integer>> shuffled =
          Evaluator.predict(model, shuffled(5).stream().map(Labelled::batch).toList());
      for (int i = 0; i < EXAMPLES; i++) {
        assertSame(single.get(i).scores(), whole.get(i).scores());
        assertSame(shuffled.get(i).scores(), whole.get(i).scores());
        assertThat(whole.get(i).scores().stream().mapToDouble(s -> s).sum())
            .isCloseTo(1, within(1e-12));
      }
      assertThat(whole.stream().map(Prediction::value).distinct().count()).isGreaterThan(1);
    }
  }

  @Test
  void swappedChoicesSwapTheirScores() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, 2);
      List<Prediction<Integer>> straight = predict(model, examples(2), 4);
      List<Prediction<Integer>> swapped =
          predict(model, examples(2).stream().map(MultipleChoiceTest::reversed).toList(), 4);
      for (int i = 0; i < EXAMPLES; i++) {
        assertThat(swapped.get(i).value()).isEqualTo(1 - straight.get(i).value());
        assertSame(swapped.get(i).scores(), reversed(straight.get(i).scores()));
      }
    }
  }

  private static <T> List<T> reversed(List<T> values) {
    List<T> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Prediction<Integer>> predict(
      Model<Integer> model, List<List<Encoding>> examples, int size) {
    return Evaluator.predict(model, Batches.ordered(examples, BatchSize.of(size)));
  }

  private static void assertSame(List<Double> actual, List<Double> expected) {
    assertThat(actual)
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-10 ? 0 : 1, Double.class)
        .usingRecursiveComparison()
        .isEqualTo(expected);
  }

  @Test
  void theLossIsTheMeanOfTheRightChoicesLogProbabilities() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, 3);
      Batch batch = Batches.ordered(examples(3), BatchSize.of(EXAMPLES)).get(0);
      List<Integer> gold = batch.indices().stream().map(i -> i % 3).toList();
      double loss =
          tiny.tensors().doubles(model.loss(new Labelled<>(batch, gold), Randomness.FIXED))[0];
      List<Prediction<Integer>> predictions = predict(model, examples(3), EXAMPLES);
      double expected =
          IntStream.range(0, EXAMPLES)
              .mapToDouble(i -> -Math.log(predictions.get(i).scores().get(i % 3)))
              .average()
              .orElseThrow();
      assertThat(loss).isCloseTo(expected, within(1e-10));
    }
  }

  @Test
  void gradientsReachHeadAndPrompt() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, 2);
      Batch batch = Batches.ordered(examples(2), BatchSize.of(EXAMPLES)).get(0);
      Map<String, HostTensor> before = model.params().snapshot(tiny.tensors());
      UpdateRule.Rate rate = new UpdateRule.Rate(0.1, 0);
      try (Optimizer optimizer =
          new Optimizer(
              model.params(), new Sgd(0), Map.of("prompt", rate, "head", rate), tiny.tensors())) {
        List<Integer> gold = batch.indices().stream().map(i -> i % 2).toList();
        Trainer<Integer> trainer =
            new Trainer<>(new PlainRecipe<>(model), optimizer, List.of(), new RandomStreams(1));
        double first = trainer.step(List.of(new Labelled<>(batch, gold)), 1).loss();
        double second = trainer.step(List.of(new Labelled<>(batch, gold)), 1).loss();
        assertThat(second).isLessThan(first);
        // A softmax over the choices does not see what all scores have in common.
        assertThat(moved(model, before, tiny))
            .containsExactlyInAnyOrder("prompt_embeddings", "classifier.weight");
      }
    }
  }

  /** The parameters that have other values now. */
  private static List<String> moved(
      Model<Integer> model, Map<String, HostTensor> before, Tiny tiny) {
    Map<String, HostTensor> after = model.params().snapshot(tiny.tensors());
    return before.keySet().stream()
        .filter(
            name -> {
              double[] old = Golden.get(before, name).doubles();
              double[] now = Golden.get(after, name).doubles();
              return IntStream.range(0, old.length)
                  .anyMatch(i -> Math.abs(old[i] - now[i]) > 1e-12);
            })
        .toList();
  }

  @Test
  void whatIsTracedOfARowIsKeptUnderItsNumber() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> plain = model(tiny, 2);
      PeftModule tracing =
          new PeftModule() {
            @Override
            public Params params() {
              return plain.module().params();
            }

            @Override
            public org.trimtab.backbone.Contribution contribute(Forward forward) {
              double[] rows = IntStream.range(0, 2 * EXAMPLES).asDoubleStream().toArray();
              forward.trace().add("gate", tiny.tensors().of(rows, rows.length, 1));
              return plain.module().contribute(forward);
            }
          };
      Model<Integer> model = new Model<>(plain.backbone(), tracing, plain.head());
      Batch batch = Batches.ordered(examples(2), BatchSize.of(EXAMPLES)).get(0);
      List<Prediction<Integer>> predictions = predict(model, examples(2), EXAMPLES);
      for (int i = 0; i < EXAMPLES; i++) {
        assertThat(predictions.get(batch.indices().get(i)).trace())
            .containsExactly(Map.entry("gate[0]", 2.0 * i), Map.entry("gate[1]", 2.0 * i + 1));
      }
    }
  }
}
