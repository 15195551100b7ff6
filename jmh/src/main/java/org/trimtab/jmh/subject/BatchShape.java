package org.trimtab.jmh.subject;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.trimtab.batch.Batch;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;

/**
 * The batch of a benchmark.
 *
 * @param size texts
 * @param length tokens of the longest text
 * @param ragged whether a quarter of the texts is half as long, and so padded
 */
public record BatchShape(int size, int length, boolean ragged) {
  /** What the table of presets is measured with. */
  public static final BatchShape USUAL = new BatchShape(16, 64, true);

  /** Of made-up tokens. */
  public Batch batch() {
    Random random = new Random(1);
    List<List<Encoding>> examples =
        IntStream.range(0, size).mapToObj(i -> List.of(text(random, lengthOf(i)))).toList();
    return new Batch(IntStream.range(0, size).boxed().toList(), examples);
  }

  private int lengthOf(int text) {
    return ragged && text < size / 4 ? length / 2 : length;
  }

  /** Of made-up tokens, [CLS] and the like not among them. */
  static Encoding text(Random random, int length) {
    int[] tokens = random.ints(length, 1000, 20000).toArray();
    return new Encoding(new Texts("", Optional.empty()), tokens, new byte[length]);
  }
}
