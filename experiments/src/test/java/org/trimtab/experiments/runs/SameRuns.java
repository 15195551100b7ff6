package org.trimtab.experiments.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.json.Json;

/** Whether two trials ended with the same bytes. */
public final class SameRuns {
  private SameRuns() {}

  /** Adapter, predictions, logged metrics and scores; not what depends on time. */
  public static boolean same(Path expected, Path found) throws IOException {
    for (String name :
        List.of("adapter/adapter_model.safetensors", "predictions.jsonl", "metrics.jsonl")) {
      if (Files.mismatch(expected.resolve(name), found.resolve(name)) >= 0) {
        return false;
      }
    }
    return Json.read(expected.resolve("result.json"))
        .path("metrics")
        .equals(Json.read(found.resolve("result.json")).path("metrics"));
  }
}
