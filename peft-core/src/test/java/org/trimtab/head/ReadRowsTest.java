package org.trimtab.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.ReadRows;
import org.trimtab.batch.Batch;
import org.trimtab.method.Trace;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.TokenRange;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** A head reads the rows that it says it reads, all of them and no others. */
class ReadRowsTest {
  private static final int HIDDEN = 16;
  private static final BackboneOptions POOLED =
      new BackboneOptions(Tuning.FROZEN, PoolerMode.FROZEN, DropoutRates.NONE);
  private static final List<List<TokenRange>> MARKED =
      List.of(
          List.of(new TokenRange(1, 2), new TokenRange(2, 3)),
          List.of(new TokenRange(4, 7), new TokenRange(1, 3)),
          List.of(new TokenRange(3, 4), new TokenRange(1, 5)),
          List.of(new TokenRange(2, 3), new TokenRange(2, 6)));

  static Stream<Arguments> heads() {
    return Stream.of(Pooling.values())
        .flatMap(
            pooling ->
                Stream.of(0, 2)
                    .flatMap(
                        spans ->
                            Stream.of(Place.values())
                                .map(place -> Arguments.of(pooling, spans, place))));
  }

  private static Model<Integer> model(Tiny tiny, Pooling pooling, int spans, Place place) {
    SoftPrompt prompt =
        new SoftPrompt(new Placement(place, true), 4, tiny.init(1).normal(0.5, 4, HIDDEN));
    return new ModelFactory(tiny.backbone(), new RandomStreams(3))
        .create(
            prompt,
            new LinearHeadConfig(pooling, 0, 0.3),
            new TaskSpec<>(Integer.class, Optional.of(new Classification(3)), spans));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void statesOfOtherRowsMayBeAnything(Pooling pooling, int spans, Place place) {
    try (Tiny tiny = Tiny.of("bert", POOLED, Precision.FP64)) {
      Model<Integer> model = model(tiny, pooling, spans, place);
      Batch batch = spans == 0 ? Tiny.batch() : Tiny.marked(MARKED, 7);
      Hidden hidden = model.hidden(batch, Dropout.OFF, Trace.NONE);
      boolean[] read = read(tiny, hidden, model.head().reads());
      double[] scores = scores(tiny, model, hidden);
      assertThat(scores(tiny, model, moved(tiny, hidden, row -> !read[row])))
          .containsExactly(scores);
      for (int row = 0; row < read.length; row++) {
        if (read[row]) {
          int own = row;
          assertThat(scores(tiny, model, moved(tiny, hidden, other -> other == own)))
              .as("row " + row)
              .isNotEqualTo(scores);
        }
      }
    }
  }

  private static double[] scores(Tiny tiny, Model<Integer> model, Hidden hidden) {
    return tiny.tensors().doubles(Tiny.head(model).scores(hidden, Dropout.OFF));
  }

  /** The same states with others in the chosen rows (of B T), large enough to be a maximum. */
  private static Hidden moved(Tiny tiny, Hidden hidden, java.util.function.IntPredicate chosen) {
    Random random = new Random(1);
    double[] states = tiny.tensors().doubles(hidden.states());
    for (int i = 0; i < states.length; i++) {
      double noise = 100 * random.nextGaussian();
      states[i] = chosen.test(i / HIDDEN) ? noise : states[i];
    }
    return new Hidden(
        tiny.tensors().of(states, tiny.tensors().shape(hidden.states())),
        hidden.rows(),
        hidden.spans(),
        hidden.pooler());
  }

  /** Of each row (B T), whether it is among those. */
  private static boolean[] read(Tiny tiny, Hidden hidden, Set<ReadRows> rows) {
    double[] text = tiny.tensors().doubles(hidden.rows().textMask());
    int width = text.length / 4;
    double[] numbers = IntStream.range(0, 4 * width).mapToDouble(i -> i % width).toArray();
    double[] cls =
        tiny.tensors().doubles(hidden.rows().cls(tiny.tensors().of(numbers, 4, width, 1)));
    double[] spans = hidden.spans().map(tiny.tensors()::doubles).orElse(new double[0]);
    boolean[] read = new boolean[text.length];
    for (int row = 0; row < read.length; row++) {
      int own = row;
      read[row] =
          rows.stream()
              .anyMatch(
                  kind ->
                      switch (kind) {
                        case CLS -> own % width == cls[own / width];
                        case FIRST -> own % width == 0;
                        case TEXT -> text[own] == 1;
                        case LAST -> text[own] == 1 && !textBehind(text, own, width);
                        case SPANS -> weighted(spans, own, width);
                        case ALL -> true;
                      });
    }
    assertThat(IntStream.range(0, read.length).filter(i -> read[i]).count())
        .isBetween(4L, Arrays.stream(text).filter(t -> t == 1).count() + 4);
    return read;
  }

  private static boolean textBehind(double[] text, int row, int width) {
    return IntStream.range(row + 1, (row / width + 1) * width).anyMatch(i -> text[i] == 1);
  }

  /** Whether one of a text's two spans weighs the row. */
  private static boolean weighted(double[] spans, int row, int width) {
    int text = row / width;
    return spans[(2 * text) * width + row % width] != 0
        || spans[(2 * text + 1) * width + row % width] != 0;
  }
}
