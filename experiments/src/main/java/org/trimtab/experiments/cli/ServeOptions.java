package org.trimtab.experiments.cli;

import java.util.List;
import org.trimtab.base.Invalid;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.PredictionServer;
import org.trimtab.experiments.serving.ServedTask;
import picocli.CommandLine.Option;

/** Where a server listens, and what it takes at most. */
final class ServeOptions {
  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address to listen at (default: ${DEFAULT-VALUE}, which this machine alone reaches).")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  int port = 8080;

  @Option(
      names = "--batch-window",
      paramLabel = "MS",
      description =
          "How long the first text of a batch waits for others (default: ${DEFAULT-VALUE} ms).")
  int batchWindow = 5;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      description = "Texts that are computed together (default: ${DEFAULT-VALUE}).")
  int batch = 32;

  @Option(
      names = "--max-body",
      paramLabel = "BYTES",
      description = "Of a request (default: ${DEFAULT-VALUE}).")
  int body = 1 << 20;

  @Option(
      names = "--max-texts",
      paramLabel = "N",
      description = "Texts, or pairs, of a request (default: ${DEFAULT-VALUE}).")
  int texts = 64;

  @Option(
      names = "--max-text",
      paramLabel = "N",
      description = "Characters of a text, or of a pair together (default: ${DEFAULT-VALUE}).")
  int characters = 20_000;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description = "Texts that wait; more are refused (default: ${DEFAULT-VALUE}).")
  int queue = 1024;

  @Option(
      names = "--timeout",
      paramLabel = "MS",
      description = "From a request to its answer (default: ${DEFAULT-VALUE} ms).")
  int timeout = 30_000;

  /** The tasks with these options. */
  PredictionServer.Offer offer(List<ServedTask> tasks) {
    if (port < 0 || port > LAST_PORT) {
      throw new Invalid("--port", "found " + port + "; allowed 0 to " + LAST_PORT);
    }
    Limits limits = new Limits(batchWindow, batch, body, texts, characters, queue, timeout);
    return new PredictionServer.Offer(host, port, tasks, limits);
  }
}
