package org.trimtab.experiments.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.tensor.DjlTensors;

/** What this process runs on. */
public final class Environment {
  private Environment() {}

  /** Java, system, processor, threads and engine: what may move the last bits of a result. */
  public static Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (String property :
        List.of("java.version", "java.vm.name", "os.name", "os.version", "os.arch")) {
      facts.put(property.replace('.', '_'), System.getProperty(property, ""));
    }
    facts.put("cpu", cpu());
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("omp_num_threads", System.getenv().getOrDefault("OMP_NUM_THREADS", ""));
    facts.putAll(DjlTensors.versions());
    return facts;
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
