package org.trimtab.model;

import java.util.Optional;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.States;
import org.trimtab.batch.Batch;

/** Where the states come from that no training changes. */
@FunctionalInterface
public interface StateSource {
  /** Has none. */
  StateSource NONE = (batch, contribution) -> Optional.empty();

  /** Has none, and says why not. */
  static StateSource none(String why) {
    return new StateSource() {
      @Override
      public Optional<States> of(Batch batch, Contribution contribution) {
        return Optional.empty();
      }

      @Override
      public Optional<String> begin(long tokens) {
        return Optional.of("states are not kept: " + why);
      }
    };
  }

  /**
   * What a pass over {@code batch} may start from; empty if it is to start at the embedding.
   *
   * @param contribution all that is added to the pass
   */
  Optional<States> of(Batch batch, Contribution contribution);

  /**
   * Told before a training begins what it reads.
   *
   * @param tokens of all its texts
   * @return what is to be said of it
   */
  default Optional<String> begin(long tokens) {
    return Optional.empty();
  }
}
