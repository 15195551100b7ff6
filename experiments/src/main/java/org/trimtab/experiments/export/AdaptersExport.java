package org.trimtab.experiments.export;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.trimtab.adapterhub.file.HubWriter;
import org.trimtab.experiments.trial.SavedModel;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.task.Task;

/** A folder that the adapters library loads; what it belongs to stands beside, for Trimtab. */
public final class AdaptersExport implements ExportFormat {
  /** As the command line says it. */
  public static final String NAME = "adapters";

  private final AdapterExport adapters;
  private final MethodRegistry methods;

  @Inject
  public AdaptersExport(SavedRuns saved, MethodRegistry methods) {
    adapters = new AdapterExport(saved, "the adapters library");
    this.methods = methods;
  }

  @Override
  public Set<String> options() {
    return Set.of();
  }

  @Override
  public List<String> export(Request request) {
    adapters.write(request, run -> write(request, run));
    return List.of(
        request.to() + ": an adapter that the adapters library loads onto AutoAdapterModel");
  }

  private void write(Request request, SavedModel<?> run) {
    Task<?> task = run.inputs().task();
    new HubWriter(methods)
        .write(
            request.to(),
            run.model(),
            request.config().method(),
            request.config().head(),
            new HubWriter.Description(task.name(), task.words(), AdapterExport.choices(run)));
  }
}
