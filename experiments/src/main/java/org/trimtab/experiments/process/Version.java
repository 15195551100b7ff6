package org.trimtab.experiments.process;

/** The version of this program: the build's, without the word for one that isn't released. */
public final class Version {
  /**
   * A constant, since classes are run from folders too, which have no manifest; a test holds it.
   */
  public static final String NUMBER = "0.1.0";

  private Version() {}
}
