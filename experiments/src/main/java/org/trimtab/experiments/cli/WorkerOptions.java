package org.trimtab.experiments.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.trimtab.base.UserError;
import org.trimtab.engine.Memory;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepConfig;
import org.trimtab.experiments.sweep.worker.ClusterProvider;
import org.trimtab.experiments.sweep.worker.TrialExecutor;
import org.trimtab.experiments.sweep.worker.WorkerPool;
import picocli.CommandLine.Option;

/** Who runs the trials of a sweep. */
final class WorkerOptions {
  /** Bytes that a Java process with the engine takes before it has read a backbone. */
  private static final double LEAST_WORKER = 128 << 20;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "How many processes run trials at a time (default: the sweep's, or as many as"
              + " the processors allow).")
  Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--cluster",
      paramLabel = "ADDRESS",
      description =
          "A cluster that runs the trials, such as spark://host:7077; all of its machines"
              + " see the folders of the runs and of the data under the same names.")
  Optional<String> cluster = Optional.empty();

  /** The local processes, or the cluster. */
  TrialExecutor executor(SweepConfig.Workers config, SweepFolder folder) {
    return cluster.isPresent() ? connect(cluster.get(), config, folder) : pool(config, folder);
  }

  private TrialExecutor connect(String address, SweepConfig.Workers config, SweepFolder folder) {
    folder.create();
    for (ClusterProvider provider : ServiceLoader.load(ClusterProvider.class)) {
      Optional<TrialExecutor> executor = provider.connect(address, config(config), folder.logs());
      if (executor.isPresent()) {
        return executor.get();
      }
    }
    throw new UserError(
        "--cluster: no such kind of cluster; found " + address + "; allowed spark://HOST:PORT");
  }

  WorkerPool pool(SweepConfig.Workers config, SweepFolder folder) {
    SweepConfig.Workers told = config(config);
    Memory.require(
        workers.isPresent() ? "--workers" : "workers.count",
        (double) told.processes() * LEAST_WORKER,
        Memory.bytes(),
        told.processes() + " processes would need %.1f GiB at least");
    folder.create();
    return new WorkerPool(command(), told, folder.logs());
  }

  private SweepConfig.Workers config(SweepConfig.Workers config) {
    if (workers.isPresent() && workers.get() < 1) {
      throw new UserError("--workers: found " + workers.get() + "; allowed a number above 0");
    }
    return new SweepConfig.Workers(
        workers.or(config::count), config.threads(), config.memory(), config.retries());
  }

  /** This program as a worker, with this process's own Java. */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.matches("-X.*|-D.*|--add-.*"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), WorkerCommand.NAME));
    return command;
  }
}
