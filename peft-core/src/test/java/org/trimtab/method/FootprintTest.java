package org.trimtab.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What several modules take of one stack's rows and positions. */
class FootprintTest {
  private static final Footprint MOVING = Footprint.prompt(3, Optional.of(true));
  private static final Footprint STAYING = Footprint.prompt(2, Optional.of(false));
  private static final Footprint LATE = Footprint.prompt(4, Optional.empty());

  @Test
  void rowsAndShiftsAddUpAndTheShortestTextCounts() {
    Footprint all =
        MOVING.upTo(30).plus(Footprint.shifted(5)).plus(LATE.upTo(20)).plus(Footprint.shifted(1));
    assertThat(all).isEqualTo(new Footprint(7, 6, 20, Optional.of(true)));
    assertThat(Footprint.NONE.plus(all)).isEqualTo(all);
    assertThat(LATE.plus(STAYING).promptsShift()).contains(false);
  }

  @Test
  void promptsOfTwoModesCannotBeInOnePass() {
    assertThat(MOVING.agrees(STAYING)).isFalse();
    assertThat(MOVING.agrees(LATE)).isTrue();
    assertThat(LATE.agrees(STAYING)).isTrue();
    assertThat(MOVING.agrees(MOVING)).isTrue();
    assertThatThrownBy(() -> MOVING.plus(LATE).plus(STAYING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one prompt moves the text's positions");
  }
}
