package org.trimtab.experiments.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The most memory that this process ever had resident, or since a trial began in it. */
public final class PeakMemory {
  private static final String SELF = "self";

  private PeakMemory() {}

  /** In MiB; empty on systems without {@code /proc}. */
  public static OptionalLong mebibytes() {
    return read(SELF, "VmHWM:");
  }

  /** What is resident now, in MiB; empty on systems without {@code /proc}. */
  public static OptionalLong residentMebibytes() {
    return read(SELF, "VmRSS:");
  }

  /** What is resident now of another process, in MiB; empty where the system doesn't tell. */
  public static OptionalLong residentMebibytes(long pid) {
    return read(Long.toString(pid), "VmRSS:");
  }

  /** Forgets the peak so far, where the system allows it: a process may run many trials. */
  public static void reset() {
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    } catch (IOException e) {
      // The peak is then that of the whole process.
    }
  }

  private static OptionalLong read(String process, String key) {
    Path status = Path.of("/proc", process, "status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty(); // it has ended meanwhile
    }
  }
}
