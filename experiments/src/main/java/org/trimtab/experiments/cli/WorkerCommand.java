package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.sweep.worker.TrialRunner;
import org.trimtab.experiments.sweep.worker.Worker;
import org.trimtab.experiments.trial.Runner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A process that runs the trials it is told to, for a sweep. */
@Command(
    name = WorkerCommand.NAME,
    hidden = true,
    description = "Runs trials for a sweep, told so on its standard input.")
final class WorkerCommand implements Callable<Integer> {
  static final String NAME = "worker";

  @Spec CommandSpec spec = CommandSpec.create();
  private final ExperimentFiles experiments;
  private final Runner runner;

  @Inject
  WorkerCommand(ExperimentFiles experiments, Runner runner) {
    this.experiments = experiments;
    this.runner = runner;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    PrintStream replies = System.out;
    System.setOut(System.err); // what libraries say is no reply
    try (TrialRunner trials = new TrialRunner(experiments, runner)) {
      Worker worker = new Worker(trials, replies);
      StopSignal stop = new StopSignal(err, worker::end);
      worker.serve(System.in, () -> Runtime.getRuntime().halt(0));
      stop.close();
    }
    return 0;
  }
}
