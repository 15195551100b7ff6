package org.trimtab.experiments.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** A real master and a real worker of two cores, on this machine's loopback alone. */
final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long PATIENCE_MILLIS = 60_000;
  private final Path home;
  private final int port = freePort();
  private final Deque<Process> processes = new ArrayDeque<>();

  /** Starts both, with their files in {@code home}. */
  StandaloneCluster(Path home) throws IOException, InterruptedException {
    this.home = home;
    Files.createDirectories(home.resolve("jars"));
    Files.writeString(home.resolve("RELEASE"), "");
    try {
      start("master.Master", "--port", Integer.toString(port));
      awaitLog("master.Master", "New state: ALIVE");
      start("worker.Worker", "-c", "2", "-m", "2g", address());
      awaitLog("worker.Worker", "Successfully registered with master");
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A port that nothing listens at. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "spark://" + HOST + ":" + port;
  }

  private void start(String daemon, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.spark.deploy." + daemon));
    command.addAll(List.of("--host", HOST, "--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    processes.push(
        builder
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(daemon).toFile())
            .start());
  }

  private Path log(String daemon) {
    return home.resolve(daemon + ".log");
  }

  private void awaitLog(String daemon, String words) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!Files.readString(log(daemon)).contains(words)) {
      if (System.currentTimeMillis() > end || !processes.element().isAlive()) {
        throw new IllegalStateException(daemon + " doesn't start; see " + log(daemon));
      }
      Thread.sleep(50);
    }
  }

  /** Ends the worker, the master and whatever they have started. */
  @Override
  public void close() {
    for (Process process : processes) {
      try (Stream<ProcessHandle> children = process.descendants()) {
        List<ProcessHandle> all = children.toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
      }
    }
  }
}
