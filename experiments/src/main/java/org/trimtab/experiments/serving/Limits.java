package org.trimtab.experiments.serving;

import org.trimtab.base.Invalid;

/**
 * What is asked of a server at most.
 *
 * @param batchWindow milliseconds that the first row of a batch waits for others
 * @param batch rows that are computed together
 * @param body bytes of a request
 * @param texts rows of a request
 * @param characters of a row
 * @param queue rows that wait
 * @param timeout milliseconds from a request to its answer
 */
public record Limits(
    int batchWindow, int batch, int body, int texts, int characters, int queue, int timeout) {
  public Limits {
    requireAtLeast("--batch-window", batchWindow, 0);
    requireAtLeast("--max-batch", batch, 1);
    requireAtLeast("--max-body", body, 1);
    requireAtLeast("--max-texts", texts, 1);
    requireAtLeast("--max-text", characters, 1);
    requireAtLeast("--timeout", timeout, 1);
    if (queue < texts) {
      throw new Invalid(
          "--queue", "found " + queue + "; allowed at least what a request may have, " + texts);
    }
    if (batchWindow >= timeout) {
      throw new Invalid(
          "--batch-window", "found " + batchWindow + "; allowed less than --timeout, " + timeout);
    }
  }

  private static void requireAtLeast(String option, int found, int least) {
    if (found < least) {
      throw new Invalid(option, "found " + found + "; allowed whole numbers from " + least + " on");
    }
  }
}
