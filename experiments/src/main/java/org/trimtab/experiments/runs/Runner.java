package org.trimtab.experiments.runs;

import static java.util.stream.Collectors.joining;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.Experiments;
import org.trimtab.json.UserError;
import org.trimtab.method.MethodRegistry;
import org.trimtab.task.Example;
import org.trimtab.task.Prediction;
import org.trimtab.task.Split;
import org.trimtab.train.Model;
import org.trimtab.train.Trainer;
import org.trimtab.train.Training;
import org.trimtab.train.TrainingListener;
import org.trimtab.weights.AtomicFile;

/** Runs trials, and reads finished ones back. */
public final class Runner {
  private static final int LOG_EVERY = 10;
  private final Experiments experiments;
  private final MethodRegistry methods;

  @Inject
  public Runner(Experiments experiments, MethodRegistry methods) {
    this.experiments = experiments;
    this.methods = methods;
  }

  /**
   * What a run is asked for.
   *
   * @param runs the folder of all runs
   * @param name of the experiment
   * @param force whether a finished trial is run again
   */
  public record Request(
      ExperimentConfig config, Path runs, String name, boolean force, List<String> commandLine) {}

  /** A trial's folder, and whether it was finished before. */
  public record Done(RunFolder folder, boolean before) {}

  /** Runs the trial of {@code request}, whose config has one seed, unless it is finished. */
  public Done run(Request request, Function<RunFolder, TrainingListener> listener) {
    try (Inputs<?> inputs = Inputs.open(request.config(), experiments)) {
      RunFolder folder = new RunFolder(request.runs().resolve(request.name()).resolve(inputs.id()));
      if (folder.finished() && !request.force()) {
        return new Done(folder, true);
      }
      train(inputs, folder, request, listener.apply(folder));
      return new Done(folder, false);
    }
  }

  private <Y> void train(
      Inputs<Y> inputs, RunFolder folder, Request request, TrainingListener listener) {
    try (Trial<Y> trial = new Trial<>(inputs, new Assembly(methods).create(inputs))) {
      String config = experiments.write(inputs.config());
      folder.begin();
      AtomicFile.writeText(folder.config(), config);
      AtomicFile.writeText(
          folder.provenance(),
          org.trimtab.json.Json.pretty(Provenance.of(inputs, config, request.commandLine())));
      long start = System.nanoTime();
      Training.Outcome outcome = trial.train(logging(folder, listener));
      double seconds = (System.nanoTime() - start) / 1e9;
      finish(trial, folder, outcome, seconds);
    }
  }

  private <Y> void finish(
      Trial<Y> trial, RunFolder folder, Training.Outcome outcome, double seconds) {
    Inputs<Y> inputs = trial.inputs();
    Trial<Y> folded = new Trial<>(inputs, trial.model().fold());
    long start = System.nanoTime();
    List<Prediction<Y>> predictions = folded.predict(inputs.splits().dev());
    Map<String, OptionalDouble> metrics = folded.score(predictions);
    double all = seconds + (System.nanoTime() - start) / 1e9;
    RunFolder.lines(folder.predictions(), lines(inputs, inputs.splits().dev(), predictions));
    new AdapterFiles(folder.adapter())
        .save(folded.model(), inputs, methods.nameOf(inputs.config().method()));
    AtomicFile.writeText(folder.result(), Result.json(trial, outcome, metrics, all));
  }

  private static <Y> List<Map<String, Object>> lines(
      Inputs<Y> inputs, Split<Y> split, List<Prediction<Y>> predictions) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      Example<Y> example = split.examples().get(i);
      Prediction<Y> prediction = predictions.get(i);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("index", i);
      line.put("text", example.text());
      example.pair().ifPresent(pair -> line.put("pair", pair));
      example.gold().ifPresent(gold -> line.put("gold", inputs.task().format(gold)));
      line.put("predicted", inputs.task().format(prediction.value()));
      line.put("scores", prediction.scores());
      lines.add(line);
    }
    return lines;
  }

  /** The metrics of the saved model, computed anew on its dev sets. */
  public Map<String, OptionalDouble> evaluate(ExperimentConfig config, RunFolder folder) {
    try (Inputs<?> inputs = Inputs.open(config, experiments)) {
      return evaluate(inputs, folder);
    }
  }

  private <Y> Map<String, OptionalDouble> evaluate(Inputs<Y> inputs, RunFolder folder) {
    try (Trial<Y> trial = saved(inputs, folder)) {
      return trial.score(trial.predict(inputs.splits().dev()));
    }
  }

  /** What the saved model says of {@code examples}: label and scores, an example each. */
  public List<Map<String, Object>> predict(
      ExperimentConfig config, RunFolder folder, List<Example<?>> examples) {
    if (examples.isEmpty()) {
      throw new UserError("nothing to predict; allowed texts, or --file FILE with a text a line");
    }
    try (Inputs<?> inputs = Inputs.withoutData(config)) {
      return predict(inputs, folder, examples);
    }
  }

  /** What the saved model says of a part of the task's own data, such as {@code test}. */
  public List<Map<String, Object>> predictSplit(
      ExperimentConfig config, RunFolder folder, String name) {
    try (Inputs<?> inputs = Inputs.open(config, experiments)) {
      return predictSplit(inputs, folder, name);
    }
  }

  private <Y> List<Map<String, Object>> predictSplit(
      Inputs<Y> inputs, RunFolder folder, String name) {
    List<Split<Y>> splits = inputs.splits().all();
    Split<Y> split =
        splits.stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        "--split: the data have no such part; found "
                            + name
                            + "; allowed "
                            + splits.stream().map(Split::name).collect(joining(", "))));
    return predict(inputs, folder, split);
  }

  private <Y> List<Map<String, Object>> predict(
      Inputs<Y> inputs, RunFolder folder, List<Example<?>> examples) {
    List<Example<Y>> typed = new ArrayList<>();
    examples.forEach(
        e -> typed.add(new Example<>(e.place(), e.text(), e.pair(), java.util.Optional.empty())));
    return predict(inputs, folder, new Split<>("given", Path.of(""), false, 0, typed));
  }

  private <Y> List<Map<String, Object>> predict(
      Inputs<Y> inputs, RunFolder folder, Split<Y> split) {
    try (Trial<Y> trial = saved(inputs, folder)) {
      List<Map<String, Object>> lines = lines(inputs, split, trial.predict(split));
      List<Boolean> truncated = trial.truncated(split);
      for (int i = 0; i < lines.size(); i++) {
        lines.get(i).put("truncated", truncated.get(i));
      }
      return lines;
    }
  }

  private <Y> Trial<Y> saved(Inputs<Y> inputs, RunFolder folder) {
    Model<Y> model = new Assembly(methods).createFolded(inputs);
    new AdapterFiles(folder.adapter()).load(model, inputs);
    return new Trial<>(inputs, model);
  }

  /** The settings that a run folder holds. */
  public ExperimentConfig configOf(RunFolder folder) {
    if (!folder.finished()) {
      throw new UserError(folder.path() + ": no finished run: it has no result.json");
    }
    return experiments.load(folder.config(), List.of(), java.util.Optional.empty());
  }

  private static TrainingListener logging(RunFolder folder, TrainingListener other) {
    return new TrainingListener() {
      @Override
      public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
        if (step % LOG_EVERY == 0 || step == 1) {
          Map<String, Object> line = new LinkedHashMap<>();
          line.put("step", step);
          line.put("loss", done.loss());
          line.put("gradient_norm", done.gradientNorm());
          line.put("lr", learningRate);
          folder.log(line);
        }
        other.onStep(step, steps, done, learningRate);
      }

      @Override
      public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", epoch + 1);
        line.put("metrics", Result.nullable(metrics));
        folder.log(line);
        other.onEvaluation(step, epoch, metrics);
      }

      @Override
      public void onWarning(String message) {
        folder.log(Map.of("warning", message));
        other.onWarning(message);
      }
    };
  }
}
