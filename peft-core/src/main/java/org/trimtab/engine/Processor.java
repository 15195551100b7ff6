package org.trimtab.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a processor can do, as Linux tells it; on other systems nothing is known.
 *
 * @param flags in small letters, such as {@code avx512f}
 */
public record Processor(Set<String> flags) {
  private static final Path FACTS = Path.of("/proc/cpuinfo");

  public Processor {
    flags = Set.copyOf(flags);
  }

  /** That of this machine. */
  public static Processor ofMachine() {
    if (!Files.isReadable(FACTS)) {
      return new Processor(Set.of());
    }
    try (Stream<String> lines = Files.lines(FACTS)) {
      return of(lines);
    } catch (IOException e) {
      return new Processor(Set.of());
    }
  }

  /** What the lines of {@code /proc/cpuinfo} say of the first core. */
  static Processor of(Stream<String> lines) {
    return new Processor(
        lines
            .filter(line -> line.startsWith("flags"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .map(flags -> Stream.of(flags.split(" +")).collect(Collectors.toUnmodifiableSet()))
            .orElse(Set.of()));
  }

  /** Whether it multiplies matrices in bfloat16 itself. */
  public boolean hasBf16Units() {
    return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
  }
}
