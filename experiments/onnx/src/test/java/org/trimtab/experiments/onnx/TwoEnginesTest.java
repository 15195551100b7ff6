package org.trimtab.experiments.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.runs.PredictedExample;
import org.trimtab.experiments.runs.PredictionFile;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tuning.SavedUse;

/** Saved models say the same in ONNX Runtime, without libtorch, as in the engine that trained. */
class TwoEnginesTest {
  @TempDir static Path folder = Path.of("");
  private static final List<TrainedRuns> TRAINED = new ArrayList<>();

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    TRAINED.add(TrainedRuns.in(folder));
  }

  private static List<RunFolder> runs() throws IOException {
    return TRAINED.get(0).all();
  }

  @Test
  void theEngineThatTrainsIsNotHere() {
    assertThatThrownBy(() -> Class.forName("ai.djl.pytorch.engine.PtEngine"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(System.getProperty("java.class.path")).doesNotContain("pytorch", "torch_cpu");
  }

  @TestFactory
  Stream<DynamicTest> everyItemHasTheScoresThatWereStored() throws IOException {
    return runs().stream()
        .map(run -> DynamicTest.dynamicTest(run.name(), () -> assertScoresAgree(run)));
  }

  private static void assertScoresAgree(RunFolder run) {
    MethodRegistry methods = MethodRegistry.installed();
    SavedRuns saved = new SavedRuns(ExperimentFiles.of(methods), methods);
    List<PredictedExample> stored = PredictionFile.read(run.predictions());
    try (SavedRun<?> model =
        saved.open(
            saved.configOf(run, List.of(), Optional.empty(), SavedUse.SPLITS),
            run,
            new OnnxRuntimeEngine())) {
      List<PredictedExample> found = model.predictSplit("dev").examples();
      assertThat(found).hasSameSizeAs(stored).isNotEmpty();
      for (int i = 0; i < found.size(); i++) {
        assertAgree(found.get(i), stored.get(i));
      }
    }
  }

  private static void assertAgree(PredictedExample found, PredictedExample stored) {
    assertThat(found.given()).isEqualTo(stored.given());
    assertThat(found.scores()).hasSameSizeAs(stored.scores());
    for (int i = 0; i < stored.scores().size(); i++) {
      assertThat(found.scores().get(i)).isCloseTo(stored.scores().get(i), within(2e-6));
    }
    assertThat(found.trace().keySet()).isEqualTo(stored.trace().keySet());
    stored
        .trace()
        .forEach(
            (name, value) -> assertThat(found.trace().get(name)).isCloseTo(value, within(2e-6)));
  }

  @Test
  void theCommandsPrintTheSame() throws Exception {
    for (RunFolder run : List.of(runs().get(0), runs().get(runs().size() - 1))) {
      String path = run.path().toString();
      String[] predict = {"predict", path, "A quiet, clever film.", "Never again."};
      assertSameButForRounding(trimtab(predict), TRAINED.get(0).trimtab(predict));
      String[] evaluate = {"evaluate", path};
      assertSameButForRounding(trimtab(evaluate), TRAINED.get(0).trimtab(evaluate));
    }
  }

  /** Numbers are printed with four digits, of which two engines may round the last otherwise. */
  private static void assertSameButForRounding(String found, String expected) {
    String[] ours = found.split("\\s+", -1);
    String[] theirs = expected.split("\\s+", -1);
    assertThat(ours).hasSameSizeAs(theirs).hasSizeGreaterThan(2);
    for (int i = 0; i < ours.length; i++) {
      if (theirs[i].matches("-?[0-9]+\\.[0-9]{4}")) {
        assertThat(Double.parseDouble(ours[i]))
            .isCloseTo(Double.parseDouble(theirs[i]), within(1.1e-4));
      } else {
        assertThat(ours[i]).isEqualTo(theirs[i]);
      }
    }
  }

  private static String trimtab(String... arguments) {
    Cli.Ran ran =
        Cli.trimtab(Stream.concat(Stream.of(arguments), Stream.of("--engine", "onnx")).toList());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    return ran.out();
  }

  @Test
  void anotherEngineIsRefusedWithThoseThereAre() throws IOException {
    Cli.Ran ran = Cli.trimtab("predict", runs().get(0).path().toString(), "x", "--engine", "onix");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "--engine: no such engine is on the class path; found onix; allowed pytorch, onnx;"
                + " did you mean 'onnx'?");
  }
}
