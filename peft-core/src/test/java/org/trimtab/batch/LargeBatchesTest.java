package org.trimtab.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;

/** A batch of more examples than there are is one of all. */
class LargeBatchesTest {
  private static List<Encoding> text(int length) {
    return List.of(
        new Encoding(
            new Texts("x", Optional.empty()),
            new int[length],
            new byte[length],
            List.of(),
            Encoding.Cut.NOTHING));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 50_000_000, 85_899_346, 100_000_000, Integer.MAX_VALUE})
  void allExamplesStandInOneBatch(int size) {
    List<List<Encoding>> examples = IntStream.of(5, 3, 4).mapToObj(n -> text(n)).toList();
    assertThat(Batches.shuffled(examples, List.of(0, 1, 2), BatchSize.of(size), new Random(1)))
        .singleElement()
        .satisfies(batch -> assertThat(batch.gold()).containsExactly(1, 2, 0));
    assertThat(Batches.ordered(examples, BatchSize.of(size)))
        .singleElement()
        .satisfies(batch -> assertThat(batch.indices()).containsExactly(1, 2, 0));
  }
}
