package org.trimtab.experiments.trial.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;

/** Features outlive a process, and two may share a file. */
class SqliteFeaturesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatWasPutIsFoundBitForBitByAnother() {
    double[] values = {0.1, -0.0, Double.MIN_VALUE, 1e300};
    Path file = folder.resolve("cache/features.sqlite");
    try (SqliteFeatures one = new SqliteFeatures(file);
        SqliteFeatures other = new SqliteFeatures(file)) {
      assertThat(one.find("key")).isEmpty();
      assertThat(other.find("key")).isEmpty();
      one.put("key", values);
      other.put("key", values);
      other.put("second", new double[] {2});
      assertThat(other.find("key")).contains(values);
      assertThat(one.find("second")).contains(new double[] {2});
    }
    try (SqliteFeatures later = new SqliteFeatures(file)) {
      assertThat(later.find("key")).contains(values);
    }
  }

  @Test
  void nothingIsMadeBeforeAFeatureIsAskedFor() {
    Path file = folder.resolve("none/features.sqlite");
    new SqliteFeatures(file).close();
    assertThat(file.getParent()).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeMadeIsToldWithTheVariableThatNamesIt() throws Exception {
    Path taken = Files.writeString(folder.resolve("taken"), "a file");
    SqliteFeatures features = new SqliteFeatures(taken.resolve("features.sqlite"));
    assertThatThrownBy(() -> features.find("key"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("TRIMTAB_CACHE");
  }

  @Test
  void aFileThatIsNoDatabaseIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("features.sqlite"), "not a database ".repeat(100));
    SqliteFeatures features = new SqliteFeatures(file);
    assertThatThrownBy(() -> features.find("key"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("features.sqlite");
  }
}
