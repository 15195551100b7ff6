package org.trimtab.experiments.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.base.Sha256;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.experiments.process.CodeHashes;
import org.trimtab.experiments.process.Environment;
import org.trimtab.experiments.trial.input.TrialInputs;

/** Where a result came from. */
final class Provenance {
  private final ExperimentFiles experiments;

  Provenance(ExperimentFiles experiments) {
    this.experiments = experiments;
  }

  Map<String, Object> of(TrialInputs<?> inputs, List<String> commandLine) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("trial", inputs.id());
    provenance.put("command", commandLine);
    provenance.put("created", java.time.Instant.now().toString());
    provenance.put("config", experiments.settings(inputs.config()));
    provenance.put("config_sha256", Sha256.of(experiments.identity(inputs.config())));
    provenance.put("backbone", inputs.backbone().name());
    provenance.put("backbone_sha256", inputs.backbone().sha256());
    provenance.put("tokenizer_sha256", inputs.backbone().tokenizerSha256());
    provenance.put("data_sha256", inputs.dataSha256());
    provenance.put("seed", inputs.seed());
    provenance.put("code", CodeHashes.hashes(inputs.config().method()));
    provenance.putAll(CodeHashes.commit());
    provenance.putAll(Environment.facts());
    provenance.put("precision", inputs.config().backbone().precision().name());
    return provenance;
  }
}
