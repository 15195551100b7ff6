package org.trimtab.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.trimtab.base.Invalid;

/** What there is room for, told before anything is allocated. */
public final class Memory {
  /** Single precision: a value, its gradient and two moments of an optimizer. */
  private static final double TRAINED = 16;

  /** A value in double precision, and what is made of it on the way to the engine. */
  private static final double MADE = 16;

  private static final double GIBIBYTE = 1L << 30;

  private Memory() {}

  /** Bytes of this machine, or of the container that this runs in. */
  public static long bytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /**
   * Refuses parameters that no training could hold.
   *
   * @param key of the setting that asks for them
   * @param memory bytes that there are
   * @throws Invalid for {@code key}
   */
  public static void requireTrained(String key, double numbers, long memory) {
    require(
        key,
        numbers * TRAINED,
        memory,
        String.format(Locale.ROOT, "training would need %%.1f GiB for %.0f parameters", numbers));
  }

  /**
   * Refuses values that can't be made on the host.
   *
   * @param key of the setting that asks for them
   * @param memory bytes that Java may take
   * @throws Invalid for {@code key}
   */
  public static void requireMade(String key, double numbers, long memory) {
    require(
        key,
        numbers * MADE,
        memory,
        String.format(Locale.ROOT, "Java would need %%.1f GiB to make %.0f parameters", numbers));
  }

  /**
   * Refuses what needs more bytes than there are.
   *
   * @param key of the setting that asks for them
   * @param need what is needed for what, with a place for the number
   * @throws Invalid for {@code key}
   */
  public static void require(String key, double bytes, long memory, String need) {
    if (bytes > memory) {
      throw new Invalid(
          key,
          String.format(Locale.ROOT, need, bytes / GIBIBYTE)
              + String.format(
                  Locale.ROOT,
                  "; found %.1f GiB of memory; allowed a smaller value",
                  memory / GIBIBYTE));
    }
  }
}
