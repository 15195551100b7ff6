package org.trimtab.methods;

/** How far results are apart. */
final class Differences {
  private Differences() {}

  /** The largest absolute difference of two arrays of one length. */
  static double largest(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      if (!Double.isFinite(a[i]) || !Double.isFinite(b[i])) {
        throw new AssertionError("not finite: " + a[i] + " and " + b[i]);
      }
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
