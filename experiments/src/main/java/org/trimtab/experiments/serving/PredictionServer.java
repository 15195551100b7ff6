package org.trimtab.experiments.serving;

import java.io.PrintWriter;
import java.util.List;

/** Serves predictions over a network; found by {@link java.util.ServiceLoader}. */
public interface PredictionServer {
  /**
   * What is served, and where.
   *
   * @param host the address to listen at
   * @param port 0: any that is free
   */
  record Offer(String host, int port, List<ServedTask> tasks, Limits limits) {}

  /**
   * Serves until the process is asked to end, and then what has been accepted.
   *
   * @param models called by one thread alone, which closes them too
   * @param console for people
   * @throws org.trimtab.base.UserError if it can't listen there
   */
  void serve(Offer offer, Models models, PrintWriter console);
}
