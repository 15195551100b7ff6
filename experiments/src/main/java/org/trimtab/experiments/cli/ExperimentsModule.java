package org.trimtab.experiments.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.trimtab.experiments.config.Experiments;
import org.trimtab.experiments.runs.Answers;
import org.trimtab.experiments.runs.Runner;
import org.trimtab.experiments.sweep.SweepPlanner;
import org.trimtab.experiments.sweep.Sweeps;
import org.trimtab.method.MethodBinding;
import org.trimtab.method.MethodRegistry;
import org.trimtab.method.TrimtabPlugin;

/** Joins the methods that are bound here with those that other jars offer. */
final class ExperimentsModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
    Multibinder.newSetBinder(binder(), MethodBinding.class);
    bind(Experiments.class);
    bind(Runner.class);
    bind(Answers.class);
    bind(RunCommand.class);
    bind(ResumeCommand.class);
    bind(Sweeps.class);
    bind(SweepPlanner.class);
    bind(SweepRuns.class);
    bind(SweepCommand.class);
    bind(SweepPlanCommand.class);
    bind(SweepRunCommand.class);
    bind(SweepResumeCommand.class);
    bind(SweepRetryFailedCommand.class);
    bind(SweepStatusCommand.class);
    bind(SweepReportCommand.class);
    bind(WorkerCommand.class);
    bind(ShowCommand.class);
    bind(DiffCommand.class);
    bind(EvaluateCommand.class);
    bind(PredictCommand.class);
    bind(SubmitCommand.class);
    bind(MethodsCommand.class);
    bind(TasksCommand.class);
    bind(BackbonesCommand.class);
    bind(SchemaCommand.class);
    bind(org.trimtab.experiments.runs.DryRun.class);
  }

  @Provides
  @Singleton
  MethodRegistry methods(Set<MethodBinding> bound) {
    List<MethodBinding> all = new ArrayList<>(bound);
    for (TrimtabPlugin plugin : ServiceLoader.load(TrimtabPlugin.class)) {
      String jar = plugin.getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
      plugin.methods().forEach((name, method) -> all.add(new MethodBinding(name, method, jar)));
    }
    return new MethodRegistry(all);
  }
}
