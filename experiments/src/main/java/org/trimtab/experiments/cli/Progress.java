package org.trimtab.experiments.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.trimtab.train.Trainer;
import org.trimtab.train.TrainingListener;

/** Shows a training: a bar on a terminal, plain lines elsewhere. */
final class Progress implements TrainingListener {
  private static final int WIDTH = 30;
  private static final long LINES = 10;
  private final PrintWriter err;

  /** The launcher knows; Java can't tell a terminal behind standard error. */
  private final boolean terminal = Boolean.getBoolean("trimtab.terminal");

  private final long start = System.nanoTime();
  private boolean barShown;

  Progress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void onResume(long step) {
    line("going on after step " + step);
  }

  @Override
  public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double left = seconds / step * (steps - step);
    String text =
        String.format(
            Locale.ROOT, "step %d/%d  loss %.4f  %.0f s left", step, steps, done.loss(), left);
    if (terminal) {
      int filled = (int) (WIDTH * step / steps);
      err.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + text + "   ");
      err.flush();
      barShown = true;
    } else if (step == 1 || step % Math.max(1, steps / LINES) == 0) {
      err.println(text);
    }
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
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
