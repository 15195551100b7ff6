package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.engine.InferenceEngine;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.serving.PredictionServer;
import org.trimtab.experiments.serving.SavedModels;
import org.trimtab.experiments.serving.SavedTask;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.tuning.SavedUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves finished runs' models over HTTP. */
@Command(
    name = "serve",
    description = {
      "Serves finished runs' models over HTTP until it is asked to end: POST /predict, GET /tasks,"
          + " /health, /metrics, /openapi.json, and a page at /.",
      "It has no passwords and no encryption: beyond this machine it belongs behind a proxy that"
          + " has them."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab serve runs/quickstart/ID",
      "  trimtab serve mood=runs/quickstart/ID runs/mrpc-prompt/ID --port 8080"
    })
final class ServeCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "[NAME=]RUN",
      description =
          "Run folders, adapter folders, or experiments' files that name an adapter; each is"
              + " served as NAME, or by its task's name.")
  List<String> runs = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets one key of every saved experiment, such as backbone.directory; repeatable.")
  List<String> sets = List.of();

  @Mixin EngineOption engine = new EngineOption();
  @Mixin DataOption data = new DataOption();
  @Mixin ServeOptions options = new ServeOptions();
  @Spec CommandSpec spec = CommandSpec.create();
  private final SavedRuns saved;
  private final ExperimentFiles experiments;

  @Inject
  ServeCommand(SavedRuns saved, ExperimentFiles experiments) {
    this.saved = saved;
    this.experiments = experiments;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    PredictionServer server = server();
    InferenceEngine computing = engine.engine();
    Map<String, SavedTask> tasks = new LinkedHashMap<>();
    for (String run : runs) {
      SavedTask task = task(run, computing);
      String name = task.told().name();
      if (tasks.put(name, task) != null) {
        throw new UserError(
            run + ": another run is served as " + name + "; allowed a name of its own: NAME=RUN");
      }
    }
    List<SavedTask> all = List.copyOf(tasks.values());
    server.serve(
        options.offer(all.stream().map(SavedTask::told).toList()),
        new SavedModels(all, err::println),
        err);
    return 0;
  }

  private static PredictionServer server() {
    return ServiceLoader.load(PredictionServer.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "serve: no server is on the class path; the launcher's trimtab serve has it,"
                        + " from the module experiments/serve"));
  }

  private SavedTask task(String argument, InferenceEngine computing) {
    int sign = argument.indexOf('=');
    // A folder whose own name has the sign is that folder.
    boolean named = sign > 0 && !Files.exists(Path.of(argument));
    Path run = Path.of(named ? argument.substring(sign + 1) : argument);
    if (sign == 0 || (named && argument.length() == sign + 1)) {
      throw new UserError("RUN: found " + argument + "; allowed RUN or NAME=RUN");
    }
    DataOption.requireNone(spec, run);
    RunFolder folder = new RunFolder(run);
    ExperimentConfig config = saved.configOf(folder, sets, data.folder(), SavedUse.TEXTS);
    return new SavedTask(
        SavedTask.told(
            named ? argument.substring(0, sign) : config.task().name(),
            config.task().create(),
            experiments.settings(config),
            config.data().maximumLength()),
        () -> saved.openWithoutData(config, folder, computing));
  }
}
