package org.trimtab.experiments.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.base.AtomicFile;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;

/**
 * Why a trial ended without a result: {@code failure.json}.
 *
 * @param message for people
 */
public record RunFailure(Status status, String message) {
  private static final String STATUS = "status";
  private static final String MESSAGE = "message";

  /** Writes it into {@code folder}, which may not be there yet. */
  public void write(RunFolder folder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(STATUS, status.spelling());
    json.put(MESSAGE, message);
    folder.create();
    AtomicFile.writeText(folder.failure(), Json.pretty(json));
  }

  /**
   * Reads it.
   *
   * @throws org.trimtab.base.UserError if it isn't there or is damaged
   */
  public static RunFailure read(RunFolder folder) {
    return RecordFile.read(
        folder.failure(), "remove the file to try the trial again", RunFailure::read);
  }

  private static RunFailure read(JsonObject json) {
    return new RunFailure(Status.read(json, STATUS, Status::withoutResult), json.text(MESSAGE));
  }
}
