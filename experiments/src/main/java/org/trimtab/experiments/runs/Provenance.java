package org.trimtab.experiments.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.experiments.config.Hashes;

/** Where a result came from. */
final class Provenance {
  private Provenance() {}

  static Map<String, Object> of(Inputs<?> inputs, String config, List<String> commandLine) {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("command", commandLine);
    provenance.put("config_sha256", Hashes.of(config));
    provenance.put("backbone", inputs.backbone().name());
    provenance.put("backbone_sha256", inputs.backbone().sha256());
    provenance.put("data_sha256", inputs.dataSha256());
    provenance.put("seed", inputs.seed());
    for (String property :
        List.of("java.version", "java.vm.name", "os.name", "os.version", "os.arch")) {
      provenance.put(property.replace('.', '_'), System.getProperty(property, ""));
    }
    provenance.put("processors", Runtime.getRuntime().availableProcessors());
    return provenance;
  }
}
