package org.trimtab.experiments.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.apache.logging.log4j.core.config.Configurator;

/** The file that a process of Spark's logs to. */
final class SparkLog {
  static final String CONFIGURATION = "org/trimtab/experiments/spark/log4j2.properties";
  private static final String FILE = "trimtab.spark.log";

  private SparkLog() {}

  /** The option with which a process that starts logs to {@code file}. */
  static String option(Path file) {
    return "-D" + FILE + "=" + file;
  }

  /** From here on this process logs to {@code file}, and not to the terminal. */
  static void to(Path file) {
    System.setProperty(FILE, file.toString());
    Configurator.reconfigure(configuration());
  }

  private static URI configuration() {
    URL url = SparkLog.class.getResource("/" + CONFIGURATION);
    try {
      return Objects.requireNonNull(url, CONFIGURATION).toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Errors too go to the file that this process was started with: Spark keeps them elsewhere. */
  static void takeErrors() {
    String file = System.getProperty(FILE);
    if (file == null) {
      return;
    }
    try {
      System.setErr(
          new PrintStream(
              Files.newOutputStream(
                  Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              true,
              StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
