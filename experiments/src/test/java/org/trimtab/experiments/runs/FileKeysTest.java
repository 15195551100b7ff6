package org.trimtab.experiments.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A key of a file stands in the class of that file's format, and nowhere else. Formats are what
 * reads JSON objects, keys the words in their quotation marks: a new format is held to it at once.
 */
class FileKeysTest {
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final Pattern WORD = Pattern.compile("\"([a-z][a-z0-9]*(?:_[a-z0-9]+)*)\"");

  /**
   * Files that others read (the report's page, a benchmark's server, ONNX Runtime) have words of
   * their own.
   */
  private static final Set<String> FOR_OTHERS = Set.of("ReportJson", "AnswerFormat", "OnnxFormat");

  /** Plain words mean many things; one is a key where a map or an object is asked for it. */
  private static final String ACCESS =
      "\\.(put|get|getOrDefault|path|has|text|texts|whole|decimal|number|truth|object)"
          + "\\(\\s*\"%s\"";

  private final Map<String, String> sources = sources();
  private final Map<String, String> formats =
      sources.entrySet().stream()
          .filter(source -> source.getValue().contains("JsonObject"))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Those of the code that can read a run's files, by their classes. */
  private static Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    for (String folder :
        List.of(
            "experiments/src/main/java",
            "experiments/spark/src/main/java",
            "experiments/onnx/src/main/java",
            "jmh/src/main/java",
            "peft-core/src/main/java/org/trimtab/tuning")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          sources.merge(name, Files.readString(file), String::concat);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sources;
  }

  private static Set<String> words(String source) {
    return WORD.matcher(source)
        .results()
        .map(word -> word.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> keys() {
    return formats.values().stream()
        .flatMap(source -> words(source).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theFormatsAndTheirKeysAreFound() {
    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(formats)
        .containsKeys("RunResult", "RunLog", "PredictionFile", "RunFailure", "RungScores")
        .containsKeys("Provenance", "AdapterOrigin", "Estimate", "WorkerMessage", "PlanFile");
    assertThat(keys())
        .contains("peak_memory_mib", "score_metric", "main_metric", "backbone_sha256", "seed");
  }

  @Test
  void aKeyOfSeveralWordsStandsInOneClass() {
    for (String key : keys()) {
      if (key.contains("_")) {
        assertThat(sources.keySet())
            .filteredOn(name -> words(sources.getOrDefault(name, "")).contains(key))
            .as(key)
            .hasSize(1);
      }
    }
  }

  @Test
  void onlyAFormatReadsOrWritesAKey() {
    for (String key : keys()) {
      Pattern access = Pattern.compile(ACCESS.formatted(key));
      assertThat(sources.keySet())
          .filteredOn(name -> !formats.containsKey(name) && !FOR_OTHERS.contains(name))
          .filteredOn(name -> access.matcher(sources.getOrDefault(name, "")).find())
          .as(key)
          .isEmpty();
    }
  }

  /** They compare or list whatever two files hold, and name no key. */
  @Test
  void onlyComparisonsSeeFilesWithoutTheirFormat() {
    assertThat(sources.keySet())
        .filteredOn(name -> sources.getOrDefault(name, "").contains("JsonNode"))
        .containsExactly("Changes", "Differences", "ReportProvenance", "RunDiff");
  }

  @Test
  void aStatusIsSpelledByItsNameAlone() {
    Set<String> spellings =
        Arrays.stream(Status.values()).map(Status::spelling).collect(Collectors.toSet());
    sources.forEach(
        (name, source) ->
            assertThat(words(source)).as(name).doesNotContainAnyElementsOf(spellings));
  }
}
