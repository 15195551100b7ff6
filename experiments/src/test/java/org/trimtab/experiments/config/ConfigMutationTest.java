package org.trimtab.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.yaml.snakeyaml.Yaml;

/**
 * Mistakes in the shipped files: each is refused with its place, or taken with a result that
 * differs in nothing but the key in question.
 */
class ConfigMutationTest {
  private static final int MUTATIONS = 300;
  private static final Path ROOT = Path.of(System.getProperty("trimtab.root", ".."));
  private static final Pattern LINE =
      Pattern.compile(
          "(?<file>[^:]+):[1-9][0-9]*:[1-9][0-9]*: ([^ :]+: \\S.*|(no YAML: |not allowed; ).*)");
  private static final ExperimentFiles EXPERIMENTS = ExperimentFiles.of(Methods.all());

  @TempDir Path folder = Path.of("");

  /** How often mistakes of a kind were refused and taken. */
  private static final class Tally {
    private int refused;
    private int taken;
  }

  @BeforeEach
  void copyConfigs() throws IOException {
    Path configs = ROOT.resolve("configs");
    for (Path file : yaml(configs)) {
      Path copy = folder.resolve(configs.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    writeExperiments();
  }

  /** Files that extend a task and a method each, so that every shipped file is in one of them. */
  private void writeExperiments() throws IOException {
    ShippedFiles shipped = new ShippedFiles(folder);
    Files.createDirectories(folder.resolve("experiments"));
    for (ShippedFile method : shipped.all(ShippedFile.Kind.METHOD)) {
      writeExperiment("mrpc-" + method.name(), "../tasks/mrpc.yaml", path(method));
    }
    for (ShippedFile task : shipped.all(ShippedFile.Kind.TASK)) {
      String method = "../methods/residual-prompt.yaml";
      writeExperiment(task.name() + "-residual-prompt", path(task), method);
    }
    for (ShippedFile backbone : shipped.all(ShippedFile.Kind.BACKBONE)) {
      writeExperiment(backbone.name(), "../quickstart.yaml", path(backbone));
    }
  }

  private static String path(ShippedFile file) {
    return "../" + file.kind().folder() + "/" + file.file().getFileName();
  }

  private void writeExperiment(String name, String lower, String upper) throws IOException {
    Files.writeString(
        folder.resolve("experiments/" + name + ".yaml"),
        "# %s%nextends: [%s, %s]%nseeds: [1]%n".formatted(name, lower, upper));
  }

  /** ExperimentFiles and their parts; sweeps are files of another kind. */
  private static List<Path> yaml(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml"))
          .filter(f -> !f.startsWith(directory.resolve("sweeps")))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyMistakeIsRefusedAtItsPlaceOrMovesNothingElse() throws IOException {
    List<Path> files = yaml(folder);
    YamlMutation.Kind[] kinds = YamlMutation.Kind.values();
    Map<YamlMutation.Kind, Tally> tallies = new EnumMap<>(YamlMutation.Kind.class);
    Set<Path> mutated = new TreeSet<>();
    Random random = new Random(2024);
    int done = 0;
    for (int i = 0; done < MUTATIONS; i++) {
      Path file = files.get(i % files.size());
      YamlMutation.Kind kind = kinds[(i / files.size() + i) % kinds.length];
      String text = Files.readString(file);
      Optional<YamlMutation> mutation = YamlMutation.of(kind, text, random);
      if (mutation.isPresent()) {
        boolean taken = check(file, text, mutation.get(), kind);
        Tally tally = tallies.computeIfAbsent(kind, k -> new Tally());
        tally.taken += taken ? 1 : 0;
        tally.refused += taken ? 0 : 1;
        mutated.add(file);
        done++;
      }
    }
    tallies.forEach(
        (kind, tally) ->
            System.out.println(kind + ": refused " + tally.refused + ", taken " + tally.taken));
    assertThat(mutated).containsExactlyInAnyOrderElementsOf(files);
    assertThat(tallies.keySet()).containsExactly(kinds);
  }

  /** Whether the mistake was taken. */
  private boolean check(Path file, String text, YamlMutation mutation, YamlMutation.Kind kind)
      throws IOException {
    Path experiment = experimentOf(file);
    Map<String, String> before = settings(experiment);
    String what = kind + " in " + folder.relativize(file) + ":\n" + mutation.text();
    Files.writeString(file, mutation.text());
    try {
      Map<String, String> after = settings(experiment);
      requireNothingElseMoved(before, after, mutation, what);
      if (kind == YamlMutation.Kind.DROP) {
        requireDefault(new Layers(experiment), mutation.keys().get(0), after, what);
      }
      return true;
    } catch (UserError e) {
      requireLocated(String.valueOf(e.getMessage()), file, experiment, what);
      return false;
    } finally {
      Files.writeString(file, text);
    }
  }

  /** An experiment that reads {@code file}. */
  private Path experimentOf(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".yaml", "");
    return switch (folder.relativize(file).getName(0).toString()) {
      case "methods" -> folder.resolve("experiments/mrpc-" + name + ".yaml");
      case "tasks" -> folder.resolve("experiments/" + name + "-residual-prompt.yaml");
      case "backbones" -> folder.resolve("experiments/" + name + ".yaml");
      default -> file;
    };
  }

  private static Map<String, String> settings(Path experiment) {
    ExperimentConfig config = EXPERIMENTS.load(experiment, List.of(), Optional.of(Path.of("data")));
    Map<String, String> settings = new LinkedHashMap<>();
    Layers.flat(new Yaml().load(EXPERIMENTS.write(config)))
        .forEach((key, value) -> settings.put(key, value.toString()));
    return settings;
  }

  private static void requireNothingElseMoved(
      Map<String, String> before, Map<String, String> after, YamlMutation mutation, String what) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      boolean own = mutation.keys().stream().anyMatch(k -> isWithin(key, k));
      if (!own) {
        assertThat(after.get(key)).as(key + " after " + what).isEqualTo(before.get(key));
      }
    }
  }

  private static boolean isWithin(String key, String block) {
    return key.equals(block) || key.startsWith(block + ".") || key.startsWith(block + "[");
  }

  private static void requireDefault(
      Layers layers, String dropped, Map<String, String> after, String what) throws IOException {
    for (Map.Entry<String, String> setting : new TreeMap<>(after).entrySet()) {
      if (isWithin(setting.getKey(), dropped)) {
        Object expected = layers.find(setting.getKey(), after).orElse("no value at all");
        assertThat(normal(setting.getValue())).as(what).isEqualTo(normal(expected.toString()));
      }
    }
  }

  /** A number as one number is written. */
  private static String normal(String text) {
    try {
      return Double.toString(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private void requireLocated(String message, Path file, Path experiment, String what) {
    List<String> named =
        message
            .lines()
            .peek(line -> assertThat(line).as(what).matches(LINE))
            .map(line -> line.substring(0, line.indexOf(":")))
            .toList();
    // what a file no longer says is missing in the one that reads it
    assertThat(named).as(what + message).containsAnyOf(file.toString(), experiment.toString());
  }
}
