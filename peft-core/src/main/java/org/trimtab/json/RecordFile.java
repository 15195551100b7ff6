package org.trimtab.json;

import java.nio.file.Path;
import java.util.function.Function;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;

/** A record of a run or a sweep as a file, of which a reader is told how to mend it. */
public final class RecordFile {
  private RecordFile() {}

  /**
   * Reads {@code file}.
   *
   * @param remedy what a user can do where it is damaged, a sentence without its end
   * @throws UserError if it isn't there or is damaged, with the remedy
   */
  public static <T> T read(Path file, String remedy, Function<JsonObject, T> reader) {
    return UserError.advising(
        remedy,
        () -> {
          try {
            return reader.apply(JsonObject.read(file));
          } catch (Invalid e) {
            throw new UserError(file + ": " + e.key() + ": " + e.getMessage(), e);
          }
        });
  }
}
