package org.trimtab.experiments.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiment.ExperimentKinds;
import org.trimtab.experiments.config.ShippedFiles;
import org.trimtab.experiments.export.AdaptersExport;
import org.trimtab.experiments.export.ExportFormat;
import org.trimtab.experiments.export.OnnxFormat;
import org.trimtab.experiments.export.PeftExport;
import org.trimtab.experiments.sweep.plan.SweepFiles;
import org.trimtab.experiments.sweep.plan.SweepPlanner;
import org.trimtab.experiments.trial.Runner;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.plugin.KindRegistry;
import org.trimtab.plugin.MethodRegistry;

/** Every command, and what the commands share. */
final class ExperimentsModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();
    bind(ShippedFiles.class).toInstance(ShippedFiles.installed());
    bind(SettingTypes.class);
    bind(Runner.class);
    bind(SavedRuns.class);
    bind(RunCommand.class);
    bind(ResumeCommand.class);
    bind(SweepFiles.class);
    bind(SweepPlanner.class);
    bind(SweepConsole.class);
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
    bind(ServeCommand.class);
    bind(SubmitCommand.class);
    bind(ExportCommand.class);
    MapBinder.newMapBinder(binder(), String.class, ExportFormat.class)
        .addBinding(OnnxFormat.NAME)
        .to(OnnxFormat.class);
    MapBinder.newMapBinder(binder(), String.class, ExportFormat.class)
        .addBinding(PeftExport.NAME)
        .to(PeftExport.class);
    MapBinder.newMapBinder(binder(), String.class, ExportFormat.class)
        .addBinding(AdaptersExport.NAME)
        .to(AdaptersExport.class);
    bind(OnnxFormat.class);
    bind(AdaptersExport.class);
    bind(PeftExport.class);
    bind(MethodsCommand.class);
    bind(TasksCommand.class);
    bind(BackbonesCommand.class);
    bind(SchemaCommand.class);
    bind(org.trimtab.experiments.trial.DryRun.class);
  }

  @Provides
  @Singleton
  MethodRegistry methods() {
    return MethodRegistry.installed();
  }

  @Provides
  @Singleton
  ExperimentFiles experiments(MethodRegistry methods, KindRegistry kinds) {
    return new ExperimentFiles(methods, kinds);
  }

  @Provides
  @Singleton
  KindRegistry kinds(MethodRegistry methods) {
    return ExperimentKinds.installed(methods);
  }
}
