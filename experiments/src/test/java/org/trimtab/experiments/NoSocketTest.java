package org.trimtab.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.trimtab.experiments.cli.Main;

/** Nothing calls home, even where neither launcher nor environment forbids it. */
class NoSocketTest {
  @Test
  void aRunOpensNoSocket() throws IOException, InterruptedException {
    Path runs = java.nio.file.Files.createTempDirectory("runs");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Probe.class.getName(),
            "run",
            Path.of(System.getProperty("trimtab.root", ".."), "configs", "quickstart.yaml")
                .toString(),
            "--runs",
            runs.toString(),
            "--set",
            "train.epochs=1",
            "--set",
            "data.few_shot.examples=16");
    java.environment().remove("OPT_OUT_TRACKING");
    Process process = java.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("sockets of the run: 0").contains("sockets of the check: 1");
  }

  /** Counts sockets while the command line runs, then opens one itself to show that it counts. */
  static final class Probe {
    private Probe() {}

    @SuppressWarnings("deprecation") // the only way to see every socket of this JVM
    public static void main(String[] arguments) throws IOException {
      AtomicInteger sockets = new AtomicInteger();
      Socket.setSocketImplFactory(
          () -> {
            sockets.incrementAndGet();
            throw new IllegalStateException("a socket");
          });
      var out = new java.io.PrintWriter(System.out, true, StandardCharsets.UTF_8);
      int code = Main.run(arguments, out, out);
      out.println("sockets of the run: " + sockets.getAndSet(0));
      try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), 9)) {
        out.println("opened " + socket);
      } catch (IllegalStateException e) {
        out.println("sockets of the check: " + sockets.get());
      }
      System.exit(code);
    }
  }
}
