package org.trimtab.jmh;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.trimtab.base.UserError;
import org.trimtab.engine.Telemetry;

/**
 * All benchmarks by JMH's own options, {@code java -jar jmh/target/benchmarks.jar}, and a table of
 * shares of the peak behind JMH's.
 *
 * <p>JMH overlooks a parameter that no benchmark has; here it is refused, as are values that no
 * preset or setting has, before anything runs.
 */
public final class Benchmarks {
  private static final int FAILED = 1;
  private static final int USER_ERROR = 2;
  private static final String HOME = "trimtab.home";
  private static final String CLASS_PATH = "java.class.path";

  private Benchmarks() {}

  /**
   * Runs them and exits: with 1 where none could be measured, 2 where the user is to mend
   * something.
   */
  public static void main(String[] arguments) throws IOException {
    Telemetry.switchOff();
    try {
      System.exit(run(arguments));
    } catch (NoBenchmarksException e) {
      System.err.println("no benchmark of that name; -l lists them");
      System.exit(USER_ERROR);
    } catch (UserError | CommandLineOptionException e) {
      System.err.println(e.getMessage());
      System.exit(USER_ERROR);
    } catch (RunnerException e) {
      System.err.println(e.getMessage());
      System.exit(FAILED);
    }
  }

  private static int run(String[] arguments)
      throws IOException, CommandLineOptionException, RunnerException {
    CommandLineOptions line = new CommandLineOptions(arguments);
    if (line.shouldHelp() || line.shouldList() || line.shouldListWithParams() || lists(line)) {
      Main.main(arguments);
      return 0;
    }
    findHome();
    addBackbones();
    Parameters.of(line).check(arguments);
    Collection<RunResult> results = new Runner(options(line)).run();
    new PeakTable(new PrintWriter(System.out, true, StandardCharsets.UTF_8)).print(results);
    return results.isEmpty() ? FAILED : 0;
  }

  private static boolean lists(CommandLineOptions line) {
    return line.shouldListProfilers() || line.shouldListResultFormats();
  }

  private static Options options(CommandLineOptions line) {
    List<String> properties = new ArrayList<>();
    properties.add("-Dai.djl.offline=true");
    properties.add("-D" + HOME + "=" + System.getProperty(HOME));
    properties.addAll(line.getJvmArgsPrepend().orElse(List.of()));
    return new OptionsBuilder()
        .parent(line)
        .jvmArgsPrepend(properties.toArray(String[]::new))
        .build();
  }

  /** The folder with {@code configs}: three above this jar, or where the command is given. */
  private static void findHome() {
    Path jar = Path.of(System.getProperty(CLASS_PATH).split(File.pathSeparator, -1)[0]);
    Path above = jar.toAbsolutePath().normalize().resolve("../../..").normalize();
    Path told = Path.of(System.getProperty(HOME, above.toString()));
    Path home =
        Stream.of(told, Path.of("").toAbsolutePath())
            .filter(folder -> Files.isDirectory(folder.resolve("configs/methods")))
            .findFirst()
            .orElseThrow(
                () ->
                    new UserError(
                        told
                            + ": has no folder configs/methods; name Trimtab's folder with java -D"
                            + HOME
                            + "=DIR -jar"));
    System.setProperty(HOME, home.toString());
  }

  /** JMH gives its forks this process's class path, in which a star stands for a folder's jars. */
  private static void addBackbones() {
    String folder =
        System.getenv()
            .getOrDefault(
                "TRIMTAB_BACKBONES", System.getProperty("user.home") + "/.trimtab/backbones");
    System.setProperty(
        CLASS_PATH, System.getProperty(CLASS_PATH) + File.pathSeparator + folder + "/*");
  }
}
