package org.trimtab.experiments.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedModel;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.head.Objective;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.tuning.AdapterOrigin;

/**
 * The adapter of a run as a folder of another library.
 *
 * @param library its name, for messages
 */
record AdapterExport(SavedRuns saved, String library) {
  /**
   * Writes it, and beside it what it belongs to.
   *
   * @param writer writes the library's own files
   * @throws UserError if the run has no adapter of its own, the library can't hold it, or another
   *     file is in the way
   */
  void write(ExportFormat.Request request, Consumer<SavedModel<?>> writer) {
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
                      + ", which is an adapter of another library already; allowed a finished run");
            });
    AdapterOrigin origin = AdapterOrigin.read(request.run().savedAdapter());
    Tensors tensors = DjlTensors.open(request.config().backbone().precision().tensors());
    try (SavedModel<?> run = saved.model(request.config(), request.run(), tensors)) {
      writer.accept(run);
    } catch (Invalid e) {
      throw new UserError(request.run().path() + ": " + library + " can't hold it: " + e.told(), e);
    }
    origin.write(request.to());
  }

  /** How many choices an example of {@code run}'s task has; 1 where it is one text or pair. */
  static int choices(SavedModel<?> run) {
    return run.inputs().task().spec().objective().map(Objective::choices).orElse(1);
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
