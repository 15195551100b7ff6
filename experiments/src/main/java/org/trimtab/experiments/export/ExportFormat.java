package org.trimtab.experiments.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.runs.RunFolder;

/** What others read: a format that a saved model is written in. */
public interface ExportFormat {
  /**
   * What is to be written.
   *
   * @param config of the saved model
   * @param run where that lies
   * @param to the file or folder to write
   * @param options those of {@link ExportFormat#options} that were given, with their values
   */
  record Request(ExperimentConfig config, RunFolder run, Path to, Map<String, String> options) {}

  /** The options of the command that this format has a use for. */
  Set<String> options();

  /**
   * Writes a model, and says in lines what was written.
   *
   * @throws org.trimtab.base.UserError if the saved model is damaged, this format can't hold it, or
   *     the file can't be written
   */
  List<String> export(Request request);
}
