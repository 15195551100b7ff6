package org.trimtab.engine;

import java.util.regex.Pattern;
import org.trimtab.base.Invalid;

/**
 * What computes, by its name: {@code cpu}, {@code cuda:N} for an accelerator of CUDA ({@code cuda}
 * is the first), or {@code auto}, which is the first accelerator where there is one.
 */
public record ComputeDevice(String name) {
  private static final String CUDA = "cuda";
  private static final Pattern NAME = Pattern.compile("cpu|auto|cuda(:(0|[1-9][0-9]{0,3}))?");

  public static final ComputeDevice CPU = new ComputeDevice("cpu");
  public static final ComputeDevice AUTO = new ComputeDevice("auto");

  /** The setting that names one, a component of a backbone's settings. */
  public static final String KEY = "device";

  /** Refuses what is no name of a device. */
  public ComputeDevice {
    if (!NAME.matcher(name).matches()) {
      throw new Invalid(KEY, "not allowed; found " + name + "; allowed cpu, auto, cuda, cuda:N");
    }
  }

  /**
   * The device that this is on a machine: {@code cpu} or {@code cuda:N}.
   *
   * @throws Invalid if the machine doesn't have it
   */
  public ComputeDevice on(Hardware hardware) {
    if (equals(CPU)) {
      return this;
    }
    int there = hardware.accelerators().getAsInt();
    if (equals(AUTO)) {
      return there == 0 ? CPU : accelerator(0);
    }
    if (number() >= there) {
      throw new Invalid(KEY, refusal(there));
    }
    return accelerator(number());
  }

  private String refusal(int there) {
    return there == 0
        ? "the engine finds no accelerator, or has no natives for one (docs/accelerator.md); found "
            + name
            + "; allowed cpu, auto"
        : "there is no such accelerator; found "
            + name
            + "; allowed cpu, auto, cuda:0"
            + (there == 1 ? "" : " to cuda:" + (there - 1));
  }

  private static ComputeDevice accelerator(int number) {
    return new ComputeDevice(CUDA + ":" + number);
  }

  /** Whether it is named as an accelerator. */
  public boolean isAccelerator() {
    return name.startsWith(CUDA);
  }

  /** Which of the accelerators. */
  public int number() {
    return name.contains(":") ? Integer.parseInt(name.substring(name.indexOf(':') + 1)) : 0;
  }

  /** What of it moves a result: not which one of several accelerators it is. */
  public ComputeDevice kind() {
    return isAccelerator() ? new ComputeDevice(CUDA) : this;
  }
}
