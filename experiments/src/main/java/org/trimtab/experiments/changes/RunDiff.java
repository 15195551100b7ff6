package org.trimtab.experiments.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.json.Json;

/** What differs between two runs: what determines them, where they ran, what came of them. */
public final class RunDiff {
  /** They differ between any two runs, and say nothing. */
  private static final List<String> TRIVIAL =
      Stream.of(Provenance.OF_ONE_RUN, List.of(RunResult.SECONDS, RunResult.PEAK_MEMORY))
          .flatMap(List::stream)
          .toList();

  private RunDiff() {}

  /**
   * A line for each difference, {@code key: before -> after}; empty where there is none.
   *
   * @throws UserError if one is no run folder
   */
  public static List<String> lines(RunFolder before, RunFolder after) {
    for (RunFolder folder : List.of(before, after)) {
      Provenance.read(folder); // a damaged file's differences would be none of the runs'
      folder.finished();
    }
    List<String> lines = new ArrayList<>(lines(before, after, RunFolder::provenance));
    if (Files.exists(before.result()) || Files.exists(after.result())) {
      lines.addAll(lines(before, after, RunFolder::result));
    }
    return lines.stream().distinct().toList(); // both files have the seed
  }

  private static List<String> lines(
      RunFolder before, RunFolder after, Function<RunFolder, Path> file) {
    JsonNode first = Json.read(file.apply(before));
    JsonNode second = Json.read(file.apply(after));
    return Differences.of(first, second).stream()
        .filter(difference -> !TRIVIAL.contains(difference.key()))
        .map(difference -> difference.in(""))
        .toList();
  }
}
