package org.trimtab.experiments.sweep.worker;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * A trial to be run by some process, here or on another machine that sees the same folders.
 *
 * @param id of the trial
 * @param config its file, with everything that determines it
 * @param trials the folder that its run folder lies in
 * @param untilEpoch after which it is halted, its state kept; 0: never
 */
public record TrialJob(String id, String config, String trials, int untilEpoch)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The name of the sweep, whose folder holds that of the trials. */
  String sweep() {
    Path folder = Path.of(trials()).toAbsolutePath().normalize();
    return folder.getName(folder.getNameCount() - 2).toString();
  }
}
