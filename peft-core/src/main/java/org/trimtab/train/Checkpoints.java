package org.trimtab.train;

import java.util.Optional;

/** Where a training leaves its state, and finds it again. */
public interface Checkpoints {
  /** Neither saves nor finds anything. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Progress> last() {
          return Optional.empty();
        }

        @Override
        public boolean due(long step) {
          return false;
        }

        @Override
        public void save(Progress progress) {}
      };

  /** The state to go on from. */
  Optional<Progress> last();

  /** Whether the state after {@code step} updates is to be saved. */
  boolean due(long step);

  void save(Progress progress);

  /** Whether somebody asks the training to end early; its state is saved first. */
  default boolean stopRequested() {
    return false;
  }
}
