package org.trimtab.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;

/** Batches bounded by tokens besides examples. */
class TokenBudgetTest {
  private static final BatchSize SIZE = new BatchSize(16, Optional.of(512));

  private static Encoding text(int length) {
    return new Encoding(
        new Texts("x", Optional.empty()),
        new int[length],
        new byte[length],
        List.of(),
        Encoding.Cut.NOTHING);
  }

  /** Lengths from 8 to 127, most of them short, of one to three choices. */
  private static List<List<Encoding>> examples() {
    Random random = new Random(3);
    return IntStream.range(0, 1000)
        .mapToObj(
            i -> Collections.nCopies(1 + random.nextInt(3), text(8 + (int) (120 * cube(random)))))
        .toList();
  }

  private static double cube(Random random) {
    double x = random.nextDouble();
    return x * x * x;
  }

  private static List<Batch> epoch(long seed) {
    List<List<Encoding>> examples = examples();
    List<Integer> gold = IntStream.range(0, examples.size()).boxed().toList();
    return Batches.shuffled(examples, gold, SIZE, new Random(seed)).stream()
        .peek(batch -> assertThat(batch.gold()).isEqualTo(batch.batch().indices()))
        .map(Labelled::batch)
        .toList();
  }

  @Test
  void noBatchHoldsMoreAndEachExampleStandsInOne() {
    List<Batch> batches = epoch(1);
    assertThat(batches)
        .allSatisfy(
            batch -> {
              assertThat(batch.choices().size() * batch.width()).isLessThanOrEqualTo(512);
              assertThat(batch.size()).isLessThanOrEqualTo(16);
            });
    assertThat(batches.stream().flatMap(batch -> batch.indices().stream()))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 1000).boxed().toList());
    assertThat(Batches.padding(batches)).isBetween(0.0, 0.05);
  }

  @Test
  void everyEpochHasAsManyBatchesInAnotherOrder() {
    assertThat(order(1)).isEqualTo(order(1)).isNotEqualTo(order(2));
    assertThat(IntStream.range(1, 9).mapToObj(seed -> epoch(seed).size()).distinct()).hasSize(1);
  }

  private static List<List<Integer>> order(long seed) {
    return epoch(seed).stream().map(Batch::indices).toList();
  }

  @Test
  void anExampleThatIsMoreByItselfIsABatchOfItsOwn() {
    List<List<Encoding>> examples =
        List.of(List.of(text(600)), List.of(text(500)), List.of(text(20)), List.of(text(10)));
    assertThat(Batches.ordered(examples, SIZE).stream().map(Batch::indices))
        .containsExactly(List.of(3, 2), List.of(1), List.of(0));
  }

  @Test
  void paddingIsTheShareOfPlacesThatHoldNoToken() {
    List<List<Encoding>> examples = List.of(List.of(text(10)), List.of(text(5)));
    assertThat(Batches.padding(Batches.ordered(examples, SIZE))).isEqualTo(0.25);
    assertThat(Batches.padding(Batches.ordered(examples, BatchSize.of(1)))).isZero();
  }
}
