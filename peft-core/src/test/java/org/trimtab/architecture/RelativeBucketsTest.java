package org.trimtab.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;

/** Which row of a table stands for a distance, and what scores with it are. */
class RelativeBucketsTest {
  @Test
  void nearDistancesHaveRowsOfTheirOwnAndFarOnesShare() {
    RelativeBuckets buckets = RelativeBuckets.logarithmic(8, 32);
    assertThat(IntStream.range(0, 17).map(d -> buckets.row(d) - 8))
        .containsExactly(0, 1, 2, 3, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7);
    assertThat(buckets.row(31)).isEqualTo(15);
    assertThat(buckets.row(1_000_000)).isEqualTo(15);
    assertThat(buckets.row(-31)).isEqualTo(1);
    assertThat(buckets.row(-32)).isZero();
    assertThat(buckets.row(-1_000_000)).isZero();
  }

  /** As the base model of version 3 is configured; the middle column is of the formula. */
  @ParameterizedTest
  @CsvSource({"128, 128", "129, 129", "130, 130", "200, 169", "300, 207", "400, 233", "511, 255"})
  void theBaseModelsBuckets(int distance, int bucket) {
    RelativeBuckets buckets = RelativeBuckets.logarithmic(256, 512);
    assertThat(buckets.row(distance)).isEqualTo(256 + bucket);
    assertThat(buckets.row(-distance)).isEqualTo(256 - bucket);
  }

  @Test
  void withoutBucketsEachDistanceHasARow() {
    RelativeBuckets each = RelativeBuckets.each(4);
    assertThat(each.rows()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 7);
  }

  @Test
  void spansThatShareNothingAreRefused() {
    for (int span : new int[] {1, 3, 14}) {
      assertThatThrownBy(() -> RelativeBuckets.logarithmic(span, 8))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("found " + span + "; allowed even numbers from 2 to 12, or -1 for none");
    }
  }

  /** Against the definition (He et al., 2021, equation 4), pair by pair. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void scoresAreThoseOfEachPair(boolean toPosition, boolean toContent) {
    int rows = 9;
    RelativeBuckets buckets = RelativeBuckets.logarithmic(4, 7);
    try (Tensors tensors = DjlTensors.open(Precision.FP64)) {
      Init init = new Init(tensors, new Random(3));
      Tensor query = init.normal(1, 2, rows, 6);
      Tensor key = init.normal(1, 2, rows, 6);
      Tensor keys = init.normal(1, 1, 8, 6);
      Tensor queries = init.normal(1, 1, 8, 6);
      double[] table = buckets.rows();
      Tensor index =
          buckets.rowsOf(
              Positions.sharedDistances(
                  tensors.of(new double[2 * rows], 2, rows), Optional.empty()),
              tensors.of(table, table.length, 1));
      Tensor scores =
          Disentangled.scores(
                  query,
                  key,
                  new Disentangled.Projected(
                      Optional.of(keys).filter(k -> toPosition),
                      Optional.of(queries).filter(q -> toContent)),
                  index,
                  2)
              .orElseThrow();
      assertThat(tensors.shape(scores)).containsExactly(2, 2, rows, rows);
      double[] found = tensors.doubles(scores);
      for (int i = 0; i < found.length; i++) {
        int head = i / (rows * rows) % 2;
        int example = i / (2 * rows * rows);
        int from = i / rows % rows;
        int to = i % rows;
        int row = buckets.row(from - to);
        double expected =
            (toPosition ? product(tensors, query, example * rows + from, keys, row, head) : 0)
                + (toContent ? product(tensors, key, example * rows + to, queries, row, head) : 0);
        assertThat(found[i]).isCloseTo(expected, within(1e-12));
      }
    }
  }

  /** Of row {@code i} of x and row {@code j} of y, one of two heads of width 3. */
  private static double product(Tensors tensors, Tensor x, int i, Tensor y, int j, int head) {
    double[] left = tensors.doubles(x);
    double[] right = tensors.doubles(y);
    return IntStream.range(0, 3)
        .mapToDouble(n -> left[i * 6 + head * 3 + n] * right[j * 6 + head * 3 + n])
        .sum();
  }
}
