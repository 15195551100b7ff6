package org.trimtab.experiments.export;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.runs.AdapterOrigin;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.peft.file.PeftWriter;
import org.trimtab.plugin.MethodRegistry;

/** A folder that Hugging Face PEFT loads; what it belongs to stands beside, for Trimtab. */
public final class PeftExport implements ExportFormat {
  private final MethodRegistry methods;

  @Inject
  public PeftExport(MethodRegistry methods) {
    this.methods = methods;
  }

  @Override
  public String description() {
    return "a folder that Hugging Face PEFT loads onto AutoModelForSequenceClassification";
  }

  @Override
  public void write(RunFolder folder, SavedRun<?> run, Path out) {
    requireFree(out);
    ExperimentConfig config = run.inputs().config();
    try {
      new PeftWriter(methods).write(out, run.model(), config.method(), config.head());
    } catch (Invalid e) {
      throw new UserError(
          folder.path() + ": PEFT can't hold it: " + e.key() + ": " + e.getMessage(), e);
    }
    AdapterOrigin.read(folder.savedAdapter()).write(out);
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
