package org.trimtab.experiments.trial.input;

import org.trimtab.experiments.process.CodeHashes;
import org.trimtab.experiments.process.Machine;
import org.trimtab.tensor.djl.DjlTensors;

/** All that a frozen feature's bits depend on, besides its text. */
public final class FeatureOrigin {
  private FeatureOrigin() {}

  public static String of(TrialInputs<?> inputs) {
    return String.join(
        "/",
        inputs.backbone().sha256(),
        inputs.backbone().tokenizerSha256(),
        inputs.backbone().architecture().settings(),
        inputs.config().backbone().precision().name(),
        inputs.config().backbone().options().kernels().name(),
        inputs.sources().device().on(DjlTensors.hardware()).kind().name(),
        CodeHashes.hashes(inputs.config()).toString(),
        Machine.environment().toString());
  }
}
