package org.trimtab.experiments.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.trimtab.experiments.changes.Change;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.Runner;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.TrainingStopped;
import picocli.CommandLine.Model.CommandSpec;

/** Runs trials for people: shows progress and result, and ends early when asked to. */
final class TrialConsole {
  private final CommandSpec spec;
  private final boolean force;
  private final Set<Change> allowed;

  TrialConsole(CommandSpec spec, boolean force, Set<Change> allowed) {
    this.spec = spec;
    this.force = force;
    this.allowed = allowed;
  }

  /** Runs {@code trial} and prints its table; the exit code. */
  int run(Function<Runner.Request, Runner.Done> trial) {
    PrintWriter err = spec.commandLine().getErr();
    List<String> line = spec.commandLine().getParent().getParseResult().originalArgs();
    Progress progress = new Progress(err);
    List<RunFolder> begun = new ArrayList<>();
    try (StopSignal stop = new StopSignal(err)) {
      Function<RunFolder, TrainingListener> listener =
          folder -> {
            begun.add(folder);
            if (folder.hasMoved()) {
              err.println("went on with changes; its folder is " + folder.path());
            }
            return progress;
          };
      return run(
          trial,
          new Runner.Request(force, false, allowed, line, Optional.empty(), listener, stop),
          begun);
    } finally {
      progress.close();
    }
  }

  /** The process may end once this is done: what it has to say comes before. */
  private int run(
      Function<Runner.Request, Runner.Done> trial, Runner.Request request, List<RunFolder> begun) {
    try {
      Runner.Done done = trial.apply(request);
      PrintWriter out = spec.commandLine().getOut();
      if (done.before()) {
        out.println("finished before; run --force runs it again");
      }
      ResultTable.print(done.folder(), out);
      return 0;
    } catch (TrainingStopped e) {
      spec.commandLine()
          .getErr()
          .println(e.getMessage() + "; trimtab resume " + begun.get(0).path() + " goes on");
      return StopSignal.INTERRUPTED;
    }
  }
}
