package org.trimtab.experiments.serve;

import java.io.PrintWriter;
import java.time.Duration;
import org.trimtab.experiments.serving.Models;
import org.trimtab.experiments.serving.PredictionServer;

/** Serves by Undertow. */
public final class UndertowServer implements PredictionServer {
  /** Beyond the time that a request may take. */
  private static final Duration LINGER = Duration.ofSeconds(7);

  @Override
  public void serve(Offer offer, Models models, PrintWriter console) {
    System.setProperty("org.jboss.logging.provider", "slf4j"); // else it writes to the console
    Duration patience = Duration.ofMillis(offer.limits().timeout()).plus(LINGER);
    try (StopSignals signals = new StopSignals(patience)) {
      serve(offer, models, console, signals);
      console.println("stopped");
    }
  }

  private static void serve(Offer offer, Models models, PrintWriter console, StopSignals signals) {
    try (HttpServer server =
        HttpServer.start(offer, models, e -> console.println("failed: " + e))) {
      offer.tasks().forEach(task -> console.println("task " + task.name() + " is ready"));
      String host = offer.host().contains(":") ? "[" + offer.host() + "]" : offer.host();
      console.println("listening at http://" + host + ":" + server.port() + "/");
      signals.await();
      console.println("stopping: answering what has come");
    }
  }
}
