package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.trimtab.base.TextFile;
import org.trimtab.base.TsvLine;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.runs.PredictedExample;
import org.trimtab.experiments.runs.PredictionFile;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.task.Example;
import org.trimtab.tuning.SavedUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labels texts with a finished run's model. */
@Command(
    name = "predict",
    description =
        "Labels texts: prints label, scores and text, tab-separated. In a text, a tab stands as"
            + " \\t, a line end as \\n or \\r, a backslash as \\\\.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab predict runs/quickstart/ID 'A quiet, clever film.' 'Never again.'",
      "  trimtab predict runs/mrpc-prompt/ID --file pairs.tsv",
      "  trimtab predict runs/mrpc-prompt/ID --split test"
    })
final class PredictCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description =
          "A run folder, its adapter folder alone, or an experiment's file that names an adapter.")
  Path run = Path.of("");

  @Parameters(index = "1..*", paramLabel = "TEXT", description = "Texts to label.")
  List<String> texts = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "A file with a text a line, an empty one too; the two texts of a pair stand around a"
              + " tab.")
  Optional<Path> file = Optional.empty();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "A part of the task's own data: train, dev or test, or a further dev set.")
  Optional<String> split = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE.jsonl",
      description = "A file to write instead, as a run's predictions.jsonl: numbers stand whole.")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the saved experiment, such as backbone.directory; repeatable.")
  List<String> sets = List.of();

  @Mixin EngineOption engine = new EngineOption();
  @Mixin DataOption data = new DataOption();

  @Spec CommandSpec spec = CommandSpec.create();
  private final SavedRuns saved;

  @Inject
  PredictCommand(SavedRuns saved) {
    this.saved = saved;
  }

  @Override
  public Integer call() {
    DataOption.requireNone(spec, run);
    RunFolder folder = new RunFolder(run);
    SavedRun.Predictions predictions = predictions(folder);
    PrintWriter console = spec.commandLine().getOut();
    out.ifPresentOrElse(
        file -> PredictionFile.write(file, predictions.examples()),
        () -> predictions.examples().forEach(example -> console.println(text(example))));
    if (predictions.truncated() > 0) {
      spec.commandLine()
          .getErr()
          .println(
              predictions.truncated()
                  + " of "
                  + predictions.examples().size()
                  + " texts were too long and cut at their end");
    }
    return 0;
  }

  private SavedRun.Predictions predictions(RunFolder folder) {
    if (split.isPresent()) {
      if (!texts.isEmpty() || file.isPresent()) {
        throw new UserError("--split " + split.get() + ": allowed without texts and --file");
      }
      ExperimentConfig config = saved.configOf(folder, sets, data.folder(), SavedUse.SPLITS);
      try (SavedRun<?> model = saved.open(config, folder, engine.engine())) {
        model.warning().ifPresent(spec.commandLine().getErr()::println);
        return model.predictSplit(split.get());
      }
    }
    ExperimentConfig config = saved.configOf(folder, sets, data.folder(), SavedUse.TEXTS);
    List<Example<?>> given = given();
    try (SavedRun<?> model = saved.openWithoutData(config, folder, engine.engine())) {
      model.warning().ifPresent(spec.commandLine().getErr()::println);
      return model.predict(given);
    }
  }

  private List<Example<?>> given() {
    List<Example<?>> examples = new ArrayList<>();
    texts.forEach(text -> examples.add(example(text, "TEXT '" + text + "'")));
    file.ifPresent(
        path ->
            new TextFile(path)
                .forEachLine((line, number) -> examples.add(example(line, path + ":" + number))));
    if (examples.isEmpty()) {
      throw new UserError("nothing to predict; allowed texts, or --file FILE with a text a line");
    }
    return examples;
  }

  private static String text(PredictedExample example) {
    PredictedExample.Given given = example.given();
    List<String> cells = new ArrayList<>();
    cells.add(example.predicted());
    cells.add(scores(example));
    cells.add(given.text());
    given.pair().ifPresent(cells::add);
    cells.addAll(given.choices());
    return TsvLine.of(cells);
  }

  private static String scores(PredictedExample example) {
    return example.scores().stream()
        .map(score -> String.format(Locale.ROOT, "%.4f", score))
        .collect(Collectors.joining(" "));
  }

  private static Example<?> example(String line, String source) {
    String[] texts = line.split("\t", -1);
    if (texts.length > 2) {
      throw new UserError(
          source + ": found " + texts.length + " texts; allowed one, or a pair around a tab");
    }
    Optional<String> pair = texts.length == 2 ? Optional.of(texts[1]) : Optional.empty();
    return new Example<>(source, texts[0], pair, Optional.empty());
  }
}
