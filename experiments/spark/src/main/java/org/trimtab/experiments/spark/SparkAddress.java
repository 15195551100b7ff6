package org.trimtab.experiments.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.base.UserError;

/**
 * Where the masters of a standalone cluster listen: one, or several of which one leads.
 *
 * @param text as Spark takes it
 */
record SparkAddress(String text, List<InetSocketAddress> masters) {
  private static final String SCHEME = "spark://";
  private static final Pattern MASTER = Pattern.compile("([\\w.-]+|\\[[\\w:.%]+]):(\\d{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final int PATIENCE_MILLIS = 5_000;

  /**
   * Reads an address; empty where it is of another kind.
   *
   * @throws UserError if it is of this kind and says no host and port
   */
  static Optional<SparkAddress> parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    List<InetSocketAddress> masters = new ArrayList<>();
    for (String master : text.substring(SCHEME.length()).split(",", -1)) {
      Matcher parts = MASTER.matcher(master);
      if (!parts.matches() || port(parts) < 1 || port(parts) > LAST_PORT) {
        throw new UserError(
            "--cluster: found " + text + "; allowed spark://HOST:PORT, several with commas");
      }
      masters.add(InetSocketAddress.createUnresolved(parts.group(1), port(parts)));
    }
    return Optional.of(new SparkAddress(text, List.copyOf(masters)));
  }

  private static int port(Matcher parts) {
    return Integer.parseInt(parts.group(2));
  }

  /**
   * Connects to the first master that answers, and closes the connection again. Spark itself would
   * try for a minute.
   *
   * @return this machine's address as the cluster sees it
   * @throws UserError if none answers
   */
  InetAddress reach() {
    List<String> failures = new ArrayList<>();
    for (InetSocketAddress master : masters) {
      try (Socket socket = new Socket()) {
        socket.connect(resolved(master), PATIENCE_MILLIS);
        return socket.getLocalAddress();
      } catch (UnknownHostException e) {
        failures.add("unknown host " + master.getHostString());
      } catch (IOException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    throw new UserError("--cluster: " + text + " can't be reached: " + String.join("; ", failures));
  }

  private static InetSocketAddress resolved(InetSocketAddress master) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(master.getHostString()), master.getPort());
  }
}
