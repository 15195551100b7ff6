package org.trimtab.experiments.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalDouble;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunResult;

/** The short table of a finished trial. */
final class ResultTable {
  private ResultTable() {}

  static void print(RunFolder folder, PrintWriter out) {
    RunResult result = RunResult.read(folder);
    RunResult.Score score = result.score();
    long trainable = result.parameters().trainable();
    long total = result.parameters().total();
    row(out, "task", result.task() + ", seed " + result.seed());
    result
        .metrics()
        .forEach(
            (name, value) -> {
              String baseline =
                  name.equals(score.metric())
                      ? "   (majority baseline " + number(score.baseline()) + ")"
                      : "";
              row(out, "dev " + name, number(value) + baseline);
            });
    row(
        out,
        "trainable",
        String.format(
            Locale.ROOT,
            "%,d of %,d parameters (%.2f %%)",
            trainable,
            total,
            100.0 * trainable / total));
    training(result.training(), out);
    result.data().forEach((name, split) -> row(out, name, text(split)));
    result
        .training()
        .padding()
        .ifPresent(
            share -> row(out, "padding", String.format(Locale.ROOT, "%.1f %%", 100 * share)));
    if (result.training().truncated() > 0) {
      row(out, "truncated", result.training().truncated() + " texts");
    }
    result.warnings().forEach(warning -> row(out, "warning", warning));
    row(out, "run", folder.path().toString());
    out.flush();
  }

  private static void training(RunResult.Training training, PrintWriter out) {
    row(out, "time", String.format(Locale.ROOT, "%.1f s", training.seconds()));
    String peak =
        training.peakMemory().isPresent() ? Long.toString(training.peakMemory().getAsLong()) : "?";
    row(out, "peak memory", peak + " MiB");
  }

  private static String text(RunResult.SplitData split) {
    return String.format(
        Locale.ROOT,
        "%,d rows of %s%s",
        split.examples(),
        split.file(),
        split.subset() ? ", a subset of the official split" : "");
  }

  static String number(OptionalDouble value) {
    return value.isPresent() ? number(value.getAsDouble()) : "undefined";
  }

  /** A number that four decimals would show as 0 has its significant digits. */
  private static String number(double value) {
    boolean small = value != 0 && Math.abs(value) < 0.001;
    String text = String.format(Locale.ROOT, small ? "%.2e" : "%.4f", value);
    return text.replaceFirst("e([-+])0", "e$1");
  }

  private static void row(PrintWriter out, String name, String value) {
    out.println(String.format(Locale.ROOT, "%-26s %s", name, value));
  }
}
