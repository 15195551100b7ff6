package org.trimtab.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;

/** Shorter texts are filled up with the token that the model was trained with. */
class PaddingTest {
  private static final int WIDTH = 7;

  @ParameterizedTest
  @CsvSource({"bert, 0", "roberta, 1"})
  void paddingIsTheModelsOwnToken(String family, int padding) {
    try (Tiny tiny = Tiny.of(family)) {
      assertThat(tiny.backbone().spec().padding()).isEqualTo(padding);
      double[][] seen = new double[1][];
      tiny.backbone()
          .forward(Tiny.batch(WIDTH).input(tiny.backbone()), words(tiny, seen), Dropout.OFF);
      double[] expected = tiny.backbone().wordEmbeddings(padding)[0];
      int hidden = expected.length;
      // the first text has three tokens
      for (int row = 3; row < WIDTH; row++) {
        assertThat(Arrays.copyOfRange(seen[0], row * hidden, (row + 1) * hidden))
            .containsExactly(expected);
      }
    }
  }

  /** Sees the embedded text, padding too: (B, T, H). */
  private static Contribution words(Tiny tiny, double[][] seen) {
    return new Contribution() {
      @Override
      public boolean visits(Site site) {
        return site.point() == Point.EMBEDDING;
      }

      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        if (at.site().point() == Point.EMBEDDING) {
          seen[0] = tiny.tensors().doubles(at.in());
        }
        return Optional.empty();
      }
    };
  }
}
