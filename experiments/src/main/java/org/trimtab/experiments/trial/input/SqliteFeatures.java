package org.trimtab.experiments.trial.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.trimtab.base.FileErrors;
import org.trimtab.base.Lazy;
import org.trimtab.base.UserError;
import org.trimtab.engine.WritableFolder;
import org.trimtab.model.FeatureStore;

/**
 * Features in an SQLite file, which any number of processes may share, and which is made when the
 * first feature is asked for. It may be deleted at any time when no process runs.
 */
final class SqliteFeatures implements FeatureStore {
  /** Where its driver unpacks its native library, if elsewhere than all temporary files. */
  private static final String UNPACKED = "org.sqlite.tmpdir";

  private final Optional<Path> file;
  private final Lazy<Connection> connection = new Lazy<>(this::connect);

  SqliteFeatures(Path file) {
    this(Optional.of(file));
  }

  private SqliteFeatures(Optional<Path> file) {
    this.file = file;
  }

  /** The user's own, in the folder that {@code TRIMTAB_CACHE} names. */
  static SqliteFeatures ofUser() {
    return new SqliteFeatures(UserCache.folder().map(cache -> cache.resolve("features.sqlite")));
  }

  @Override
  public Optional<double[]> find(String key) {
    try (PreparedStatement query =
        connection.get().prepareStatement("SELECT features FROM feature WHERE id = ?")) {
      query.setString(1, key);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(doubles(found.getBytes(1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void put(String key, double[] values) {
    try (PreparedStatement insert =
        connection.get().prepareStatement("INSERT OR IGNORE INTO feature VALUES (?, ?)")) {
      insert.setString(1, key);
      insert.setBytes(2, bytes(values));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static byte[] bytes(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private static double[] doubles(byte[] bytes) {
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }

  private Connection connect() {
    Path file =
        this.file.orElseThrow(() -> new UserError("no home folder is known, for caches" + hint()));
    Path folder = file.toAbsolutePath().resolveSibling("");
    try {
      Files.createDirectories(folder);
      if (!WritableFolder.is(Path.of(System.getProperty("java.io.tmpdir", "")))) {
        System.setProperty(UNPACKED, folder.toString());
      }
      return connected(file);
    } catch (IOException e) {
      throw new UserError(FileErrors.unwritable(file, e).getMessage() + hint(), e);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Connection connected(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 60000");
      statement.execute("PRAGMA journal_mode = WAL"); // readers and a writer side by side
      statement.execute("PRAGMA synchronous = NORMAL"); // a crash may lose the last, never corrupt
      statement.execute(
          "CREATE TABLE IF NOT EXISTS feature (id TEXT PRIMARY KEY, features BLOB) WITHOUT ROWID");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private UserError failed(SQLException e) {
    return new UserError(file.map(Path::toString).orElse("") + ": " + e.getMessage() + hint(), e);
  }

  private static String hint() {
    return "; the environment variable " + UserCache.VARIABLE + " names another folder";
  }

  @Override
  public void close() {
    try {
      if (connection.made().isPresent()) {
        connection.get().close();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
