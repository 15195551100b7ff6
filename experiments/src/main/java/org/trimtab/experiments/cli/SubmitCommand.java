package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.submit.Benchmark;
import org.trimtab.experiments.submit.Submission;
import org.trimtab.experiments.trial.Answer;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.tuning.SavedUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what GLUE's or SuperGLUE's server takes. */
@Command(
    name = "submit",
    description =
        "Predicts the test files of a benchmark with finished runs, one a task, and writes the zip"
            + " that its server takes.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  trimtab submit runs/boolq-prompt/ID runs/cb-prompt/ID --out superglue.zip")
final class SubmitCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run folders, of tasks of one benchmark, GLUE or SuperGLUE.")
  List<Path> runs = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.zip",
      description = "The zip to write; one that is there is replaced.")
  Path out = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets one key of every saved experiment, such as backbone.directory;" + " repeatable.")
  List<String> sets = List.of();

  @Spec CommandSpec spec = CommandSpec.create();
  private final SavedRuns saved;

  @Inject
  SubmitCommand(SavedRuns saved) {
    this.saved = saved;
  }

  @Override
  public Integer call() {
    Submission.requireWritable(out);
    Map<String, Submission.Predictor> models = models();
    Benchmark benchmark = Submission.benchmarkOf(new ArrayList<>(models.keySet()));
    Submission submission = Submission.of(benchmark, models);
    submission.write(out);
    print(benchmark, submission);
    return 0;
  }

  private Map<String, Submission.Predictor> models() {
    Map<String, Submission.Predictor> models = new LinkedHashMap<>();
    for (Path run : runs) {
      RunFolder folder = new RunFolder(run);
      ExperimentConfig config = saved.configOf(folder, sets, Optional.empty(), SavedUse.SPLITS);
      String task = config.task().name();
      if (models.put(task, splits -> answers(config, folder, splits)) != null) {
        throw new UserError(run + ": a second run of the task " + task + "; allowed one");
      }
    }
    return models;
  }

  private Map<String, List<Answer>> answers(
      ExperimentConfig config, RunFolder folder, List<String> splits) {
    try (SavedRun<?> run = saved.open(config, folder)) {
      run.warning()
          .ifPresent(text -> spec.commandLine().getErr().println(folder.path() + ": " + text));
      return run.answers(splits);
    }
  }

  private void print(Benchmark benchmark, Submission submission) {
    PrintWriter console = spec.commandLine().getOut();
    submission
        .files()
        .forEach((file, lines) -> console.println(row(file, lines.size() + " lines")));
    submission
        .missing()
        .forEach((file, reason) -> console.println(row(file, "missing: " + reason)));
    console.println(
        String.format(
            Locale.ROOT,
            "%s: %d of the %d files of %s",
            out,
            submission.files().size(),
            benchmark.parts().size(),
            benchmark.name()));
  }

  private static String row(String file, String what) {
    return String.format(Locale.ROOT, "%-16s %s", file, what);
  }
}
