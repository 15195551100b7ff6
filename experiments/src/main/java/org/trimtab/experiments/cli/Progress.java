package org.trimtab.experiments.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.trimtab.experiments.process.PeakMemory;
import org.trimtab.train.Trainer;
import org.trimtab.train.TrainingListener;

/** Shows a training: a bar on a terminal, plain lines elsewhere. */
final class Progress implements TrainingListener {
  private static final int WIDTH = 30;
  private static final long LINES = 10;
  private static final long REDRAW_NANOS = 100_000_000;
  private final PrintWriter err;

  /** The launcher knows; Java can't tell a terminal behind standard error. */
  private final boolean terminal = Boolean.getBoolean("trimtab.terminal");

  private final long start = System.nanoTime();
  private boolean barShown;
  private long counted;
  private long drawn;
  private String dev = "";

  Progress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void onResume(long step) {
    line("going on after step " + step);
  }

  @Override
  public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
    counted++;
    long now = System.nanoTime();
    boolean last = step == steps;
    if (terminal && (last || now - drawn > REDRAW_NANOS)) {
      int filled = (int) (WIDTH * step / steps);
      String bar = "#".repeat(filled) + " ".repeat(WIDTH - filled);
      err.print("\r[" + bar + "] " + state(step, steps, done.loss()) + "   ");
      err.flush();
      barShown = true;
      drawn = now;
    } else if (!terminal && (counted == 1 || step % Math.max(1, steps / LINES) == 0)) {
      err.println(state(step, steps, done.loss()));
    }
  }

  private String state(long step, long steps, double loss) {
    double rate = counted / ((System.nanoTime() - start) / 1e9);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "step %d/%d  loss %.4f  %.1f steps/s  %.0f s left",
                step,
                steps,
                loss,
                rate,
                (steps - step) / rate));
    text.append(dev);
    PeakMemory.residentMebibytes().ifPresent(m -> text.append("  ").append(m).append(" MiB"));
    return text.toString();
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
    metrics.entrySet().stream()
        .findFirst()
        .ifPresent(e -> dev = "  dev " + e.getKey() + " " + ResultTable.number(e.getValue()));
    line(
        "epoch "
            + (epoch + 1)
            + ", step "
            + step
            + ": "
            + metrics.entrySet().stream()
                .map(e -> "dev " + e.getKey() + " " + ResultTable.number(e.getValue()))
                .collect(Collectors.joining(", ")));
  }

  @Override
  public void onWarning(String message) {
    line("warning: " + message);
  }

  private void line(String text) {
    close();
    err.println(text);
  }

  /** Ends the bar's line. */
  void close() {
    if (barShown) {
      err.println();
      barShown = false;
    }
  }
}
