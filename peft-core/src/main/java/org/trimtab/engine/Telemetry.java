package org.trimtab.engine;

/** Keeps DJL from calling home: its engine and each of its tokenizers would, unless told not to. */
public final class Telemetry {
  private Telemetry() {}

  /** Must run before the first touch of DJL's engine or tokenizer. */
  public static void switchOff() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }
}
