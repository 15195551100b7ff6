package org.trimtab.model;

import java.util.Optional;

/** Where computed states outlive a process; any number of processes may share one. */
public interface StateStore extends AutoCloseable {
  /** Keeps nothing. */
  StateStore NONE =
      new StateStore() {
        @Override
        public Optional<byte[]> find(String key) {
          return Optional.empty();
        }

        @Override
        public void put(String key, byte[] values) {}

        @Override
        public void close() {}
      };

  /** The bytes that were put under {@code key}. */
  Optional<byte[]> find(String key);

  /** Keeps {@code values}, or not; a key's values are the same whoever puts them. */
  void put(String key, byte[] values);

  @Override
  void close();
}
