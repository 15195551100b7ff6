package org.trimtab.experiments.sweep.worker;

import java.util.Optional;
import org.trimtab.experiments.runs.Estimate;

/**
 * What a trial was found to take.
 *
 * @param estimate empty where the trial can't be built
 * @param refusal why it can't; else empty
 */
public record Measured(Optional<Estimate> estimate, String refusal) {
  static Measured of(Estimate estimate) {
    return new Measured(Optional.of(estimate), "");
  }

  static Measured refused(String why) {
    return new Measured(Optional.empty(), why);
  }
}
