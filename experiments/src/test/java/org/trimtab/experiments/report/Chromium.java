package org.trimtab.experiments.report;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser of its own, with a profile of its own, gone when closed. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path profile;
  private final DevTools tools;

  private Chromium(Process process, Path profile, DevTools tools) {
    this.process = process;
    this.profile = profile;
    this.tools = tools;
  }

  /** The browser that TRIMTAB_CHROMIUM names, or else the first of the usual names on the path. */
  static Optional<Path> find() {
    String named = System.getenv("TRIMTAB_CHROMIUM");
    if (named != null && !named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(f -> Path.of(f, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path program) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory("chromium");
    Process process =
        new ProcessBuilder(command(program, profile))
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile())
            .start();
    try {
      return new Chromium(process, profile, DevTools.connect(address(process, profile)));
    } catch (IOException | InterruptedException | RuntimeException e) {
      stop(process);
      throw e;
    }
  }

  private static List<String> command(Path program, Path profile) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"));
    command.addAll(List.of("--disable-dev-shm-usage", "--disable-background-networking"));
    command.addAll(List.of("--disable-extensions", "--disable-sync", "--hide-scrollbars"));
    command.addAll(List.of("--force-color-profile=srgb", "--remote-debugging-port=0"));
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    return command;
  }

  /** Where it listens: it writes port and path to a file of its profile once it does. */
  private static URI address(Process process, Path profile)
      throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end) && process.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() == 2) {
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException(
        "the browser did not start: " + Files.readString(profile.resolve("output.txt")));
  }

  BrowserPage page() {
    return BrowserPage.in(tools);
  }

  @Override
  public void close() throws IOException {
    tools.close();
    stop(process);
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    }
  }

  /** With its children: the program may be a script that started the browser proper. */
  private static void stop(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().orTimeout(10, TimeUnit.SECONDS).join());
  }
}
