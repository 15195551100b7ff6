package org.trimtab.experiments.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The most memory that this process ever had resident, where the system tells it. */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private PeakMemory() {}

  /** In MiB; empty on systems without {@code /proc}. */
  public static OptionalLong mebibytes() {
    return read("VmHWM:");
  }

  /** What is resident now, in MiB; empty on systems without {@code /proc}. */
  public static OptionalLong residentMebibytes() {
    return read("VmRSS:");
  }

  private static OptionalLong read(String key) {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
