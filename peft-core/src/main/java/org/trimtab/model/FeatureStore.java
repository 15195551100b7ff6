package org.trimtab.model;

import java.util.Optional;

/** Where computed features outlive a process; any number of processes may share one. */
public interface FeatureStore extends AutoCloseable {
  /** Keeps nothing. */
  FeatureStore NONE =
      new FeatureStore() {
        @Override
        public Optional<double[]> find(String key) {
          return Optional.empty();
        }

        @Override
        public void put(String key, double[] values) {}

        @Override
        public void close() {}
      };

  /** The values that were put under {@code key}. */
  Optional<double[]> find(String key);

  /** Keeps {@code values}; a key's values are the same whoever puts them. */
  void put(String key, double[] values);

  @Override
  void close();
}
