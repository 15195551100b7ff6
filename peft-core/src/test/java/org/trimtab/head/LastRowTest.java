package org.trimtab.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.ReadRows;
import org.trimtab.backbone.TunedInput;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.testing.Tiny;

/** The last token of a text, on whatever side its padding is. */
class LastRowTest {
  private static final int WIDTH = 4;

  /** Padding behind, before, on both sides, and none. */
  private static final double[] MASK = {1, 1, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1};

  private static final int[] LAST = {1, 3, 2, 3};

  private static Input input(Tensors tensors) {
    long[] ids = new long[MASK.length];
    Arrays.setAll(ids, i -> 3 + 2L * i);
    return new Input(
        tensors.of(ids, 4, WIDTH), tensors.of(new long[16], 4, WIDTH), tensors.of(MASK, 4, WIDTH));
  }

  private static void readsTheLastToken(Tiny tiny, Contribution added, int before) {
    Tensors tensors = tiny.tensors();
    Hidden all = tiny.backbone().forward(input(tensors), added, Dropout.OFF);
    TunedInput asked = new TunedInput(input(tensors), added, Set.of(ReadRows.LAST));
    Hidden alone = tiny.backbone().forward(asked, Dropout.OFF);
    double[] states = tensors.doubles(all.states());
    int hidden = tiny.backbone().spec().hidden();
    int rows = states.length / 4 / hidden;
    double[] expected = new double[4 * hidden];
    for (int text = 0; text < 4; text++) {
      int from = (text * rows + before + LAST[text]) * hidden;
      System.arraycopy(states, from, expected, text * hidden, hidden);
    }
    assertThat(tensors.doubles(Pooling.LAST.of(all))).containsExactly(expected);
    assertThat(tensors.doubles(alone.states())).hasSize(4 * hidden); // the others are left out
    assertThat(tensors.doubles(Pooling.LAST.of(alone)))
        .containsExactly(expected, org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void ofATextAlone() {
    try (Tiny tiny = Tiny.of("bert")) {
      readsTheLastToken(tiny, Contribution.NONE, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aPromptsRowNeverIsIt(Place place) {
    try (Tiny tiny = Tiny.of("bert")) {
      Tensor rows = tiny.init(2).normal(0.5, 4, 3, tiny.backbone().spec().hidden());
      readsTheLastToken(tiny, prompt(new Prompt(place, false, 3, rows)), 3);
    }
  }

  private static Contribution prompt(Prompt prompt) {
    return new Contribution() {
      @Override
      public List<Prompt> prompts(At at) {
        return at.site().point() == Point.EMBEDDING ? List.of(prompt) : List.of();
      }

      @Override
      public boolean rowwise(org.trimtab.backbone.Site site) {
        return true;
      }

      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        return Optional.empty();
      }
    };
  }
}
