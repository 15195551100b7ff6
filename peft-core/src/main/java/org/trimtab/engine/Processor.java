package org.trimtab.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a processor can do, as Linux tells it; on other systems nothing is known.
 *
 * @param vendor such as {@code GenuineIntel}; empty where it isn't known
 * @param flags in small letters, such as {@code avx512f}
 */
public record Processor(String vendor, Set<String> flags) {
  private static final Path FACTS = Path.of("/proc/cpuinfo");

  public Processor {
    flags = Set.copyOf(flags);
  }

  /** That of this machine. */
  public static Processor ofMachine() {
    if (!Files.isReadable(FACTS)) {
      return new Processor("", Set.of());
    }
    try (Stream<String> lines = Files.lines(FACTS)) {
      return of(lines);
    } catch (IOException e) {
      return new Processor("", Set.of());
    }
  }

  /** What the lines of {@code /proc/cpuinfo} say of the first core. */
  static Processor of(Stream<String> lines) {
    Map<String, String> facts = new HashMap<>();
    lines
        .filter(line -> line.matches("(flags|vendor_id)\\s*:.*"))
        .forEach(
            line -> facts.putIfAbsent(line.substring(0, line.indexOf(':')).strip(), value(line)));
    String flags = facts.getOrDefault("flags", "");
    return new Processor(
        facts.getOrDefault("vendor_id", ""),
        Stream.of(flags.split(" +")).filter(f -> !f.isEmpty()).collect(Collectors.toSet()));
  }

  private static String value(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }

  /** Whether it multiplies matrices in bfloat16 itself. */
  public boolean hasBf16Units() {
    return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
  }

  /** Whether it has AVX-512, which Intel's own library uses on Intel's processors alone. */
  public boolean hasAvx512OfOthersThanIntel() {
    return flags.contains("avx512f") && !vendor.isEmpty() && !vendor.equals("GenuineIntel");
  }
}
