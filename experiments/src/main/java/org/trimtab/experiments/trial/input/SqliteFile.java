package org.trimtab.experiments.trial.input;

import java.io.IOException;
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

/**
 * Bytes by keys in an SQLite file, which any number of processes may share, and which is made when
 * the first of them are asked for. It may be deleted at any time when no process runs.
 */
final class SqliteFile implements AutoCloseable {
  /** Where its driver unpacks its native library, if elsewhere than all temporary files. */
  private static final String UNPACKED = "org.sqlite.tmpdir";

  private final Optional<Path> file;
  private final Lazy<Connection> connection = new Lazy<>(this::connect);

  SqliteFile(Optional<Path> file) {
    this.file = file;
  }

  /** That of the name in the folder that {@code TRIMTAB_CACHE} names. */
  static SqliteFile ofUser(String name) {
    return new SqliteFile(UserCache.folder().map(cache -> cache.resolve(name)));
  }

  /** How large it is. */
  long size() {
    try (Statement statement = connection.get().createStatement();
        ResultSet size =
            statement.executeQuery(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")) {
      return size.getLong(1);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The bytes of {@code key}. */
  Optional<byte[]> find(String key) {
    try (PreparedStatement query =
        connection.get().prepareStatement("SELECT features FROM feature WHERE id = ?")) {
      query.setString(1, key);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Keeps {@code values} where there are none yet. */
  void put(String key, byte[] values) {
    try (PreparedStatement insert =
        connection.get().prepareStatement("INSERT OR IGNORE INTO feature VALUES (?, ?)")) {
      insert.setString(1, key);
      insert.setBytes(2, values);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
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
