package org.trimtab.experiments.trial.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept states outlive a process, two may share a file, and its size has a bound. */
class SqliteStatesTest {
  private static final byte[] VALUES = {0, -1, 127, -128};
  @TempDir Path folder = Path.of("");

  @Test
  void whatWasPutIsFoundByAnotherByteForByte() {
    Path file = folder.resolve("cache/states.sqlite");
    try (SqliteStates one = new SqliteStates(file, 1 << 20);
        SqliteStates other = new SqliteStates(file, 1 << 20)) {
      assertThat(one.find("key")).isEmpty();
      one.put("key", VALUES);
      other.put("key", VALUES);
      assertThat(other.find("key")).contains(VALUES);
    }
    try (SqliteStates later = new SqliteStates(file, 1 << 20)) {
      assertThat(later.find("key")).contains(VALUES);
      assertThat(later.find("another")).isEmpty();
    }
  }

  @Test
  void aFullFileTakesNoMoreAndKeepsWhatItHas() {
    Path file = folder.resolve("states.sqlite");
    try (SqliteStates states = new SqliteStates(file, 100_000)) {
      int kept = 0;
      while (kept < 1000) {
        states.put("key" + kept, new byte[10_000]);
        if (states.find("key" + kept).isEmpty()) {
          break;
        }
        kept++;
      }
      assertThat(kept).isBetween(1, 20);
      assertThat(states.find("key0")).contains(new byte[10_000]);
      assertThat(file.toFile().length()).isLessThan(200_000);
    }
  }
}
