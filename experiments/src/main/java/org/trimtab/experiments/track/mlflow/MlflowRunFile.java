package org.trimtab.experiments.track.mlflow;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.AtomicFile;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;

/**
 * Which run of MLflow shows a trial: {@code mlflow.json}.
 *
 * @param tracked the name of the trial's folder at that time
 */
record MlflowRunFile(String tracked, String id) {
  private static final String TRACKED = "tracked_trial";
  private static final String ID = "mlflow_run_id";

  /**
   * Reads that of {@code folder}; empty where there is none.
   *
   * @throws org.trimtab.base.UserError if it is damaged
   */
  static Optional<MlflowRunFile> read(RunFolder folder) {
    return Files.exists(folder.mlflow())
        ? Optional.of(
            RecordFile.read(
                folder.mlflow(),
                "remove the file to begin another run of MLflow",
                MlflowRunFile::read))
        : Optional.empty();
  }

  private static MlflowRunFile read(JsonObject json) {
    return new MlflowRunFile(json.text(TRACKED), json.text(ID));
  }

  void write(RunFolder folder) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(TRACKED, tracked);
    json.put(ID, id);
    AtomicFile.writeText(folder.mlflow(), Json.pretty(json));
  }
}
