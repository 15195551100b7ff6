package org.trimtab.experiments.trial;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Param;
import org.trimtab.train.TrainConfig;
import org.trimtab.tuning.ModelAssembly;

/** Says what a run would do, from its real model and data. */
public final class DryRun {
  private final ExperimentFiles experiments;
  private final MethodRegistry methods;

  @Inject
  public DryRun(ExperimentFiles experiments, MethodRegistry methods) {
    this.experiments = experiments;
    this.methods = methods;
  }

  /** Prints parameters, steps, and an estimate of time and memory. */
  public void print(ExperimentConfig config, PrintWriter out) {
    try (InputFiles files = new InputFiles();
        TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      print(inputs, out);
    }
  }

  private <Y> void print(TrialInputs<Y> inputs, PrintWriter out) {
    try (Trial<Y> trial =
        new Trial<>(inputs, new ModelAssembly(methods).create(inputs.sources(), inputs.splits()))) {
      parameters(trial.model(), out);
      TrainConfig train = inputs.config().train();
      Estimate estimate = trial.estimate();
      line(out, "training rows", estimate.examples());
      String least = train.batchTokens().isPresent() ? ", at least" : "";
      line(out, "batches an epoch" + least, train.batches(estimate.examples()));
      line(out, "steps" + least, train.steps(estimate.examples()));
      out.println(
          String.format(
              Locale.ROOT,
              "%-40s %,.0f s (%.0f ms a batch, measured)",
              "estimated time",
              estimate.seconds(train),
              estimate.secondsPerBatch() * 1000));
      estimate.mebibytes().ifPresent(m -> line(out, "estimated peak memory, MiB", m));
      out.flush();
    }
  }

  private static void parameters(Model<?> model, PrintWriter out) {
    out.println(
        String.format(
            Locale.ROOT, "%-40s %-10s %-16s %s", "parameter", "group", "shape", "values"));
    for (Param param : model.params().all()) {
      long[] shape = model.tensors().shape(param.value());
      long size = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      out.println(
          String.format(
              Locale.ROOT,
              "%-40s %-10s %-16s %,d",
              param.name(),
              param.group(),
              java.util.Arrays.toString(shape),
              size));
    }
    for (Map.Entry<String, Long> total : ResultMaker.parameters(model).byName().entrySet()) {
      line(out, total.getKey(), total.getValue());
    }
  }

  private static void line(PrintWriter out, String name, long value) {
    out.println(String.format(Locale.ROOT, "%-40s %,d", name, value));
  }
}
