package org.trimtab.experiments.export;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedModel;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.model.Model;
import org.trimtab.peft.file.PeftWriter;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.Tensors;
import org.trimtab.tuning.AdapterOrigin;

/** A folder that Hugging Face PEFT loads; what it belongs to stands beside, for Trimtab. */
public final class PeftExport implements ExportFormat {
  /** As the command line says it. */
  public static final String NAME = "peft";

  private final SavedRuns saved;
  private final MethodRegistry methods;

  @Inject
  public PeftExport(SavedRuns saved, MethodRegistry methods) {
    this.saved = saved;
    this.methods = methods;
  }

  @Override
  public Set<String> options() {
    return Set.of();
  }

  @Override
  public List<String> export(Request request) {
    requireFree(request.to());
    request
        .config()
        .adapter()
        .ifPresent(
            adapter -> {
              throw new UserError(
                  request.run().path()
                      + ": begins with "
                      + adapter
                      + ", which is an adapter of PEFT already; allowed a finished run");
            });
    AdapterOrigin origin = AdapterOrigin.read(request.run().savedAdapter());
    Tensors tensors = DjlTensors.open(request.config().backbone().precision());
    try (SavedModel<?> run = saved.model(request.config(), request.run(), tensors)) {
      write(run.model(), request);
    }
    origin.write(request.to());
    return List.of(
        request.to()
            + ": an adapter that Hugging Face PEFT loads onto AutoModelForSequenceClassification");
  }

  private void write(Model<?> model, Request request) {
    ExperimentConfig config = request.config();
    try {
      new PeftWriter(methods).write(request.to(), model, config.method(), config.head());
    } catch (Invalid e) {
      throw new UserError(request.run().path() + ": PEFT can't hold it: " + e.told(), e);
    }
  }

  /** A run's own adapter has files of the same names. */
  private static void requireFree(Path out) {
    boolean ofRun = Files.exists(new RunFolder(out).ownExperiment());
    if (ofRun || (Files.exists(out) && !Files.isDirectory(out))) {
      throw new UserError(
          out + ": " + (ofRun ? "a run's own adapter" : "a file") + "; allowed another folder");
    }
  }
}
