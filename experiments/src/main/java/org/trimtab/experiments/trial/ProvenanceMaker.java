package org.trimtab.experiments.trial;

import java.time.Instant;
import java.util.List;
import org.trimtab.base.Sha256;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.process.CodeHashes;
import org.trimtab.experiments.process.Machine;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.experiments.trial.input.TrialInputs;

/** Says where the results of this process's trials come from. */
record ProvenanceMaker(ExperimentFiles experiments) {
  Provenance of(TrialInputs<?> inputs, List<String> commandLine) {
    return new Provenance(
        new Provenance.Beginning(inputs.id(), commandLine, Instant.now().toString()),
        settings(inputs),
        inputs.hashes(),
        CodeHashes.of(inputs.config()),
        Machine.environment());
  }

  private Provenance.Settings settings(TrialInputs<?> inputs) {
    return new Provenance.Settings(
        experiments.settings(inputs.config()),
        Sha256.of(experiments.identity(inputs.config())),
        inputs.seed(),
        inputs.config().backbone().precision().name(),
        inputs.config().backbone().device());
  }
}
