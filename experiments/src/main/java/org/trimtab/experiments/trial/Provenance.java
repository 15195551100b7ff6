package org.trimtab.experiments.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.base.Hashes;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.tensor.DjlTensors;

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
    provenance.put("config_sha256", Hashes.of(experiments.identity(inputs.config())));
    provenance.put("backbone", inputs.backbone().name());
    provenance.put("backbone_sha256", inputs.backbone().sha256());
    provenance.put("tokenizer_sha256", inputs.backbone().tokenizerSha256());
    provenance.put("data_sha256", inputs.dataSha256());
    provenance.put("seed", inputs.seed());
    provenance.put("code", CodeHashes.hashes(inputs.config()));
    provenance.putAll(CodeHashes.commit());
    provenance.putAll(environment());
    provenance.put("precision", inputs.config().backbone().precision().name());
    return provenance;
  }

  /** Java, system, processor, threads and engine: what may move the last bits of a result. */
  static Map<String, Object> environment() {
    Map<String, Object> environment = new LinkedHashMap<>();
    for (String property :
        List.of("java.version", "java.vm.name", "os.name", "os.version", "os.arch")) {
      environment.put(property.replace('.', '_'), System.getProperty(property, ""));
    }
    environment.put("cpu", cpu());
    environment.put("processors", Runtime.getRuntime().availableProcessors());
    environment.put("omp_num_threads", System.getenv().getOrDefault("OMP_NUM_THREADS", ""));
    environment.putAll(DjlTensors.versions());
    return environment;
  }

  /** The processor's name where the system tells it. */
  private static String cpu() {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
