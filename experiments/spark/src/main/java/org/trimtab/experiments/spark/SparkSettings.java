package org.trimtab.experiments.spark;

import java.io.File;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.trimtab.base.UserError;
import org.trimtab.experiments.sweep.plan.SweepConfig;

/** What a sweep asks of Spark. */
final class SparkSettings {
  /** What a Spark executor starts with at the least. */
  private static final int LEAST_MEMORY = 512;

  /** Where the engine and the features of texts are kept, if not in the home folder. */
  private static final List<String> PASSED_ON = List.of("DJL_CACHE_DIR", "TRIMTAB_CACHE");

  private SparkSettings() {}

  /**
   * All settings. Others, such as those of ports and of authentication, are taken from the system
   * properties {@code spark.*}.
   *
   * @param own this machine's address as the cluster sees it
   * @param logs the folder for what the executors say
   */
  static SparkConf of(
      SparkAddress address, InetAddress own, SweepConfig.Workers workers, Path logs) {
    SparkConf conf = new SparkConf().setMaster(address.text()).setAppName("trimtab sweep");
    if (own instanceof Inet4Address) {
      conf.setIfMissing("spark.driver.host", own.getHostAddress());
      conf.setIfMissing("spark.driver.bindAddress", own.getHostAddress());
    }
    fixed(workers).forEach(conf::set);
    environment(workers).forEach(conf::setExecutorEnv);
    return conf.set(
            "spark.executor.extraClassPath", classPath(System.getProperty("java.class.path")))
        .set("spark.executor.extraJavaOptions", javaOptions(logs));
  }

  private static Map<String, String> fixed(SweepConfig.Workers workers) {
    String threads = Integer.toString(workers.threads());
    Map<String, String> settings = new LinkedHashMap<>();
    // One trial at a time in each executor: the engine's gradients are the process's.
    settings.put("spark.executor.cores", threads);
    settings.put("spark.task.cpus", threads);
    workers
        .count()
        .ifPresent(
            n -> settings.put("spark.cores.max", Long.toString((long) n * workers.threads())));
    workers.memory().ifPresent(n -> settings.put("spark.executor.memory", memory(n)));
    // The sweep counts retries, and tells of them; if Spark tried again too, they would multiply.
    settings.put("spark.task.maxFailures", "1");
    // Two processes can't run one trial.
    settings.put("spark.speculation", "false");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.ui.showConsoleProgress", "false");
    return settings;
  }

  private static String memory(int mebibytes) {
    if (mebibytes < LEAST_MEMORY) {
      throw new UserError(
          "workers.memory: found "
              + mebibytes
              + "; a Spark executor needs "
              + LEAST_MEMORY
              + " or more");
    }
    return mebibytes + "m";
  }

  private static Map<String, String> environment(SweepConfig.Workers workers) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("OMP_NUM_THREADS", Integer.toString(workers.threads()));
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("OPT_OUT_TRACKING", "true");
    PASSED_ON.stream()
        .filter(name -> System.getenv(name) != null)
        .forEach(name -> environment.put(name, System.getenv(name)));
    return environment;
  }

  /** This process's own, where the executors see the same files: nothing is copied. */
  static String classPath(String own) {
    return Arrays.stream(own.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String javaOptions(Path logs) {
    return String.join(
        " ",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dai.djl.offline=true",
        "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider",
        "-Dslf4j.internal.verbosity=WARN",
        "-Dlog4j2.configurationFile=classpath:" + SparkLog.CONFIGURATION,
        '"' + SparkLog.option(logs.resolve("spark-{{APP_ID}}-{{EXECUTOR_ID}}.log")) + '"');
  }
}
