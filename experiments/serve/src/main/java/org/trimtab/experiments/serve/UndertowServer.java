package org.trimtab.experiments.serve;

import java.io.PrintWriter;
import org.trimtab.experiments.serving.Models;
import org.trimtab.experiments.serving.PredictionServer;

/** Serves by Undertow. */
public final class UndertowServer implements PredictionServer {
  @Override
  public void serve(Offer offer, Models models, PrintWriter console) {
    System.setProperty("org.jboss.logging.provider", "slf4j"); // else it writes to the console
    StopSignals signals = new StopSignals();
    try (HttpServer server =
        HttpServer.start(offer, models, e -> console.println("failed: " + e))) {
      offer.tasks().forEach(task -> console.println("task " + task.name() + " is ready"));
      String host = offer.host().contains(":") ? "[" + offer.host() + "]" : offer.host();
      console.println("listening at http://" + host + ":" + server.port() + "/");
      signals.await();
      console.println("stopping: answering what has come; a second signal stops at once");
    }
    console.println("stopped");
  }
}
