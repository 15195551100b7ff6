package org.trimtab.experiments.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.trimtab.experiments.runs.Environment;
import org.trimtab.tensor.djl.DjlTensors;

/** The machine that this process runs on. */
public final class Machine {
  private Machine() {}

  /** Java, system, processor, threads and engine. */
  public static Environment environment() {
    return new Environment(
        new Environment.Java(property("java.version"), property("java.vm.name")),
        new Environment.OperatingSystem(
            property("os.name"), property("os.version"), property("os.arch")),
        new Environment.Processor(
            cpu(),
            Runtime.getRuntime().availableProcessors(),
            System.getenv().getOrDefault("OMP_NUM_THREADS", "")),
        DjlTensors.versions());
  }

  private static String property(String name) {
    return System.getProperty(name, "");
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
