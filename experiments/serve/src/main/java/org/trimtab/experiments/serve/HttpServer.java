package org.trimtab.experiments.serve;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.function.Consumer;
import org.trimtab.base.UserError;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.Models;
import org.trimtab.experiments.serving.PredictionServer.Offer;

/** A server that listens. */
final class HttpServer implements AutoCloseable {
  private static final int PARSE_MILLIS = 10_000;
  private static final int IDLE_MILLIS = 60_000;
  private static final int LINGER_MILLIS = 2_000;
  private final Undertow undertow;
  private final Batcher batcher;
  private final InFlight inFlight;

  private HttpServer(Undertow undertow, Batcher batcher, InFlight inFlight) {
    this.undertow = undertow;
    this.batcher = batcher;
    this.inFlight = inFlight;
  }

  /**
   * Opens the models, and listens when they are ready.
   *
   * @param report told of what fails while serving
   * @throws UserError if it can't listen at the offer's host and port
   */
  static HttpServer start(Offer offer, Models models, Consumer<Throwable> report) {
    Limits limits = offer.limits();
    ServeMetrics metrics = new ServeMetrics(offer.tasks());
    Batcher batcher = Batcher.start(models, limits, metrics, report);
    InFlight inFlight = new InFlight();
    List<Route> routes = new Api(offer.tasks(), limits, batcher, metrics).routes();
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(offer.port(), offer.host())
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_MILLIS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
            .setServerOption(UndertowOptions.IDLE_TIMEOUT, IDLE_MILLIS + limits.timeout())
            .setIoThreads(2)
            .setWorkerThreads(4)
            .setHandler(new Routes(routes, metrics, inFlight, report))
            .build();
    HttpServer server = new HttpServer(undertow, batcher, inFlight);
    try {
      undertow.start();
    } catch (RuntimeException e) {
      server.close();
      throw refusal(e, offer);
    }
    return server;
  }

  private static RuntimeException refusal(RuntimeException e, Offer offer) {
    boolean ofAddress =
        e instanceof UnresolvedAddressException || e.getCause() instanceof SocketException;
    Object why = e.getCause() == null ? "no such address" : e.getCause().getMessage();
    return ofAddress
        ? new UserError(
            "--host, --port: can't listen at " + offer.host() + ":" + offer.port() + ": " + why)
        : e;
  }

  int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  /** Takes nothing more, answers what it has taken, and ends. */
  @Override
  public void close() {
    batcher.stop();
    batcher.await();
    inFlight.await(LINGER_MILLIS);
    undertow.stop();
  }
}
