package org.trimtab.experiments.sweep.worker;

import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.experiments.sweep.plan.SweepConfig;

/** Offers clusters of many machines, found by {@link java.util.ServiceLoader}. */
public interface ClusterProvider {
  /**
   * The cluster at {@code address}, connected; empty where this provider doesn't know its kind.
   *
   * @param address such as {@code spark://host:7077}
   * @param logs the folder for what the cluster's processes say of themselves; it is there
   * @throws org.trimtab.base.UserError if it can't be reached
   */
  Optional<TrialExecutor> connect(String address, SweepConfig.Workers workers, Path logs);
}
