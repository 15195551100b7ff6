package org.trimtab.experiments.runs;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.Experiments;
import org.trimtab.method.MethodRegistry;
import org.trimtab.tensor.Param;
import org.trimtab.train.Model;

/** Says what a run would do, from its real model and data. */
public final class DryRun {
  private final Experiments experiments;
  private final MethodRegistry methods;

  @Inject
  public DryRun(Experiments experiments, MethodRegistry methods) {
    this.experiments = experiments;
    this.methods = methods;
  }

  /** Prints parameters, steps, and an estimate of time and memory. */
  public void print(ExperimentConfig config, PrintWriter out) {
    try (Inputs<?> inputs = Inputs.open(config, experiments)) {
      print(inputs, out);
    }
  }

  private <Y> void print(Inputs<Y> inputs, PrintWriter out) {
    try (Trial<Y> trial = new Trial<>(inputs, new Assembly(methods).create(inputs))) {
      parameters(trial.model(), out);
      ExperimentConfig config = inputs.config();
      long rows = inputs.splits().train().examples().size();
      long batches = (rows + config.train().batch() - 1) / config.train().batch();
      long steps = (batches + config.train().accumulation() - 1) / config.train().accumulation();
      line(out, "training rows", rows);
      line(out, "batches an epoch", batches);
      line(out, "steps", steps * config.train().epochs());
      double perBatch = trial.secondsPerBatch();
      double perRow = perBatch / config.train().batch() / 3; // a step is about three forward passes
      double epoch = batches * perBatch + inputs.splits().dev().examples().size() * perRow;
      out.println(
          String.format(
              Locale.ROOT,
              "%-40s %,.0f s (%.0f ms a batch, measured)",
              "estimated time",
              epoch * config.train().epochs(),
              perBatch * 1000));
      OptionalLong memory = PeakMemory.mebibytes();
      memory.ifPresent(mebibytes -> line(out, "estimated peak memory, MiB", mebibytes));
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
    for (Map.Entry<String, Object> total : Result.parameters(model).entrySet()) {
      line(out, total.getKey(), (Long) total.getValue());
    }
  }

  private static void line(PrintWriter out, String name, long value) {
    out.println(String.format(Locale.ROOT, "%-40s %,d", name, value));
  }
}
