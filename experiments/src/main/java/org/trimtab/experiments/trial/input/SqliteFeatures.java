package org.trimtab.experiments.trial.input;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.model.FeatureStore;

/** Features in a file that any number of processes may share. */
record SqliteFeatures(SqliteFile file) implements FeatureStore {
  SqliteFeatures(Path file) {
    this(new SqliteFile(Optional.of(file)));
  }

  /** The user's own. */
  static SqliteFeatures ofUser() {
    return new SqliteFeatures(SqliteFile.ofUser("features.sqlite"));
  }

  @Override
  public Optional<double[]> find(String key) {
    return file.find(key).map(SqliteFeatures::doubles);
  }

  @Override
  public void put(String key, double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    file.put(key, bytes.array());
  }

  private static double[] doubles(byte[] bytes) {
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    file.close();
  }
}
