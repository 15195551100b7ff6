package org.trimtab.experiments.export;

import java.nio.file.Path;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRun;

/** A format that a trained model can be written in, under the name that the command line has. */
public interface ExportFormat {
  /** One line, for {@code trimtab export --help}. */
  String description();

  /**
   * Writes the model.
   *
   * @param folder whose model it is
   * @param out where it goes: a file or a folder, as the format has it
   * @throws org.trimtab.base.UserError for what the format can't hold
   */
  void write(RunFolder folder, SavedRun<?> run, Path out);
}
