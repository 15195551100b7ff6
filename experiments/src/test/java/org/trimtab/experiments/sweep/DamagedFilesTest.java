package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trimtab.experiments.Cli;

/**
 * Every file that a run and a sweep hold, damaged in every way, under each command that reads it.
 */
class DamagedFilesTest {
  @TempDir static Path folder = Path.of("");

  private static final byte[] JUNK = {0, (byte) 0xff, 17, (byte) 0xfe, '{', (byte) 0x80};

  /** Of a halving that has ended: one trial is finished, the other halted. */
  private static List<String> sweep(String command, String... more) {
    return Stream.concat(
            Stream.of(
                "sweep", command, folder.resolve("halving.yaml").toString(), "--runs", runs()),
            Stream.of(more))
        .toList();
  }

  private static String runs() {
    return folder.resolve("runs").toString();
  }

  @BeforeAll
  static void halved() {
    TinySweep tiny = new TinySweep(folder, "");
    tiny.write(
        "halving.yaml",
        """
        methods: [prompt.yaml]
        tasks: [sentiment.yaml]
        set: {train.epochs: "2"}
        grid: {train.lr: ["1e-2", "1e-9"]}
        halving: {epochs: 1, factor: 2}
        """);
    assertThat(Cli.trimtab(sweep("plan", "--workers", "1")).code()).isZero();
    Cli.Ran ran = Cli.trimtab(sweep("run", "--workers", "1"));
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private static Path trial(boolean finished) {
    try (Stream<Path> trials = Files.list(folder.resolve("runs/halving/trials"))) {
      return trials
          .filter(trial -> Files.exists(trial.resolve("result.json")) == finished)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file.
   *
   * @param whole forms of damage after which it is still a whole one
   * @param commands that read it
   */
  private record Case(Path file, Set<String> whole, List<List<String>> commands) {
    static Case of(Path file, List<?>... commands) {
      return new Case(
          file,
          Set.of(),
          Stream.of(commands).map(c -> c.stream().map(Object::toString).toList()).toList());
    }

    Case with(String damage) {
      return new Case(file, Set.of(damage), commands);
    }

    @Override
    public String toString() {
      return file.getFileName() + " " + commands;
    }
  }

  static List<Case> cases() {
    Path done = trial(true);
    Path halted = trial(false);
    Path sweep = folder.resolve("runs/halving");
    List<String> report = sweep("report");
    List<String> show = List.of("show", done.toString());
    List<String> predict = List.of("predict", done.toString(), "a fine film");
    List<String> evaluate = List.of("evaluate", done.toString());
    List<String> resume = List.of("resume", halted.toString());
    List<String> diff = List.of("diff", done.toString(), halted.toString());
    return List.of(
        Case.of(done.resolve("result.json"), show, predict, diff, sweep("status"), report),
        Case.of(done.resolve("provenance.json"), diff, report),
        Case.of(done.resolve("metrics.jsonl"), show, report),
        Case.of(done.resolve("predictions.jsonl"), report),
        Case.of(done.resolve("config.yaml"), report),
        Case.of(done.resolve("adapter/trimtab.json"), predict, evaluate),
        Case.of(done.resolve("adapter/adapter_model.safetensors"), predict, evaluate),
        Case.of(done.resolve("adapter/experiment.yaml"), predict, evaluate),
        Case.of(done.resolve("rungs.json"), sweep("run", "--workers", "1")),
        Case.of(halted.resolve("rungs.json"), sweep("run", "--workers", "1")),
        Case.of(halted.resolve("checkpoint/checkpoint.safetensors"), resume),
        Case.of(halted.resolve("metrics.jsonl"), resume),
        Case.of(halted.resolve("config.yaml"), resume),
        Case.of(halted.resolve("provenance.json"), resume),
        Case.of(sweep.resolve("plan.json"), sweep("status"), report),
        Case.of(sweep.resolve("estimates.json"), sweep("plan", "--workers", "1")).with("{}"));
  }

  private static Map<String, byte[]> damages(byte[] whole) {
    Map<String, byte[]> damages = new LinkedHashMap<>();
    for (String text : List.of("", "{}", "null", "[]", "7")) {
      damages.put(text, text.getBytes(StandardCharsets.UTF_8));
    }
    damages.put("cut", Arrays.copyOf(whole, whole.length / 2));
    damages.put("junk", JUNK);
    return damages;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachIsNamedWithWhatToDo(Case damaged) throws IOException {
    byte[] whole = Files.readAllBytes(damaged.file());
    try {
      for (Map.Entry<String, byte[]> damage : damages(whole).entrySet()) {
        if (damaged.whole().contains(damage.getKey())) {
          continue;
        }
        Files.write(damaged.file(), damage.getValue());
        for (List<String> command : damaged.commands()) {
          Cli.Ran ran = Cli.trimtab(command);
          String about = damage.getKey() + " " + command + "\n" + ran.out() + ran.err();
          assertThat(ran.code()).as(about).isEqualTo(2);
          assertThat(ran.err()).as(about).contains(damaged.file().toString());
          assertThat(ran.err())
              .as(about)
              .containsPattern("(put|remove) (the|its|it\\b|back)[^\n]*\\n$");
          assertThat(ran.err()).as(about).doesNotContain("\tat ").doesNotContain("Exception");
        }
      }
    } finally {
      Files.write(damaged.file(), whole);
    }
  }

  /** Which files there are is not left to memory. */
  @Test
  void noFileIsForgotten() throws IOException {
    Set<String> unread =
        Set.of(".lock", "report.json", "report.html", "report.md", "report.tex", "trials.csv");
    List<Path> known = cases().stream().map(Case::file).toList();
    try (Stream<Path> files = Files.walk(folder.resolve("runs/halving"))) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(
                          known.contains(file)
                              || unread.contains(file.getFileName().toString())
                              || file.toString().matches(".*/(tensorboard|logs|configs)/.*"))
                      .as(file.toString())
                      .isTrue());
    }
  }
}
