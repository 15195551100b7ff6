package org.trimtab.experiments.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.SweepListener;
import org.trimtab.experiments.sweep.TimeLeft;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialOutcome;

/** Shows a sweep: a line for each trial that ends, and on a terminal a bar below them. */
final class SweepProgress implements SweepListener {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 200_000_000;
  private final PrintWriter err;
  private final SweepFolder folder;
  private final TimeLeft left;
  private final int slots;
  private final List<SweepTrial> open;
  private final int all;
  private final boolean terminal = Boolean.getBoolean("trimtab.terminal");
  private final Map<Integer, Running> running = new LinkedHashMap<>();
  private long drawn;
  private boolean barShown;

  /** What a slot does. */
  private record Running(SweepTrial trial, double share) {}

  /**
   * A view of a sweep.
   *
   * @param trials all of them, in their order
   */
  SweepProgress(
      PrintWriter err, SweepFolder folder, List<SweepTrial> trials, TimeLeft left, int slots) {
    this.err = err;
    this.folder = folder;
    this.left = left;
    this.slots = slots;
    all = trials.size();
    open = new ArrayList<>(trials.stream().filter(t -> isOpen(folder, t)).toList());
    if (open.size() < all) {
      err.println((all - open.size()) + " of " + all + " trials ended before");
    }
  }

  /** A halted trial is done with until it is taken up again. */
  private static boolean isOpen(SweepFolder folder, SweepTrial trial) {
    return folder.outcome(trial).isEmpty() && !Files.exists(folder.trial(trial).rungs());
  }

  @Override
  public synchronized void onBegin(int slot, SweepTrial trial) {
    if (!open.contains(trial)) {
      open.add(trial);
    }
    running.put(slot, new Running(trial, 0));
    draw(true);
  }

  @Override
  public synchronized void onStep(int slot, long step, long steps) {
    running.computeIfPresent(
        slot, (s, r) -> new Running(r.trial(), (double) step / Math.max(1, steps)));
    draw(false);
  }

  @Override
  public synchronized void onEnd(int slot, SweepTrial trial, TrialOutcome outcome) {
    running.remove(slot);
    if (outcome.status() != Status.STOPPED) {
      open.remove(trial);
      line(
          String.format(
              Locale.ROOT,
              "[%d/%d] %s: %s%s",
              all - open.size(),
              all,
              trial.label(),
              ended(trial, outcome),
              terminal ? "" : timeLeft()));
    }
    if (open.isEmpty()) {
      close();
    }
  }

  private String ended(SweepTrial trial, TrialOutcome outcome) {
    String status = outcome.status().spelling();
    if (!outcome.scored()) {
      return outcome.message().isEmpty() ? status : status + ": " + outcome.message();
    }
    RunResult result = RunResult.read(folder.trial(trial));
    double seconds = result.training().seconds();
    left.ended(trial, seconds);
    return String.format(
        Locale.ROOT,
        "%s, %s %s, %.1f s",
        status,
        result.score().metric(),
        ResultTable.number(result.score().value()),
        seconds);
  }

  @Override
  public synchronized void onRetry(int slot, SweepTrial trial, String message) {
    line(trial.label() + ": " + message + "; it is tried again");
  }

  private String timeLeft() {
    double seconds = 0;
    for (SweepTrial trial : open) {
      OptionalDouble own = left.seconds(trial);
      if (own.isEmpty()) {
        return "";
      }
      double share =
          running.values().stream()
              .filter(r -> r.trial().equals(trial))
              .mapToDouble(Running::share)
              .findFirst()
              .orElse(0);
      seconds += own.getAsDouble() * (1 - share);
    }
    return open.isEmpty() ? "" : "; about " + duration(seconds / slots) + " left";
  }

  /** In words that are as exact as the number is. */
  static String duration(double seconds) {
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    if (seconds < 5400) {
      return Math.round(seconds / 60) + " min";
    }
    return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  private void draw(boolean now) {
    if (!terminal || (!now && System.nanoTime() - drawn < REDRAW_NANOS)) {
      return;
    }
    drawn = System.nanoTime();
    int filled = all == 0 ? WIDTH : WIDTH * (all - open.size()) / all;
    String what =
        running.values().stream()
            .map(r -> String.format(Locale.ROOT, "%s %.0f %%", r.trial().label(), 100 * r.share()))
            .collect(Collectors.joining(" · "));
    err.print(
        "\r\u001b[K["
            + "#".repeat(filled)
            + " ".repeat(WIDTH - filled)
            + "] "
            + (all - open.size())
            + "/"
            + all
            + "  "
            + what
            + timeLeft());
    err.flush();
    barShown = true;
  }

  private void line(String text) {
    close();
    err.println(text);
    draw(true);
  }

  /** Ends the bar's line. */
  synchronized void close() {
    if (barShown) {
      err.print("\r\u001b[K");
      err.flush();
      barShown = false;
    }
  }
}
