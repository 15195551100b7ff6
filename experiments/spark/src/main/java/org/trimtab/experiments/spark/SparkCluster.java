package org.trimtab.experiments.spark;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.trimtab.base.UserError;
import org.trimtab.experiments.sweep.plan.SweepConfig;
import org.trimtab.experiments.sweep.worker.ClusterProvider;
import org.trimtab.experiments.sweep.worker.TrialExecutor;

/** Standalone clusters of Apache Spark, {@code spark://HOST:PORT}. */
public final class SparkCluster implements ClusterProvider {
  /** Spark itself gives up after a minute. */
  private static final long MASTER_SECONDS = 15;

  private static final long EXECUTOR_SECONDS = 60;

  /** For so long no further executor has come: those are all. */
  private static final long SETTLED_SECONDS = 3;

  private static final long PAUSE_MILLIS = 100;

  @Override
  public Optional<TrialExecutor> connect(String address, SweepConfig.Workers workers, Path logs) {
    return SparkAddress.parse(address).map(parsed -> connect(parsed, workers, logs));
  }

  private static TrialExecutor connect(
      SparkAddress address, SweepConfig.Workers workers, Path logs) {
    InetAddress own = address.reach();
    SparkLog.to(logs.resolve("spark-driver.log"));
    SparkConf conf = SparkSettings.of(address, own, workers, logs);
    JavaSparkContext spark = context(address, conf, logs);
    try {
      return new SparkExecutor(spark, executors(spark, workers), logs);
    } catch (UserError | InterruptedException e) {
      spark.close();
      throw e instanceof UserError refused ? refused : interrupted(address);
    }
  }

  /** Spark waits for the master's answer longer than a person does. */
  private static JavaSparkContext context(SparkAddress address, SparkConf conf, Path logs) {
    FutureTask<JavaSparkContext> connecting = new FutureTask<>(() -> new JavaSparkContext(conf));
    Thread thread = new Thread(connecting, "spark");
    thread.setDaemon(true);
    thread.start();
    try {
      return connecting.get(MASTER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new UserError(
          "--cluster: "
              + address.text()
              + " doesn't take the sweep; it has to be a master of Spark "
              + org.apache.spark.package$.MODULE$.SPARK_VERSION()
              + "; see "
              + logs.resolve("spark-driver.log"),
          e);
    } catch (InterruptedException e) {
      throw interrupted(address);
    }
  }

  /** How many executors the cluster gives. */
  private static int executors(JavaSparkContext spark, SweepConfig.Workers workers)
      throws InterruptedException {
    long begun = System.nanoTime();
    long changed = begun;
    int found = 0;
    while (found < workers.count().orElse(Integer.MAX_VALUE)) {
      int now = spark.sc().statusTracker().getExecutorInfos().length - 1; // but the driver
      if (now != found) {
        found = now;
        changed = System.nanoTime();
      }
      if (found > 0 && past(changed, SETTLED_SECONDS)) {
        return found;
      }
      if (past(begun, EXECUTOR_SECONDS)) {
        throw noExecutor(workers);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return found;
  }

  private static boolean past(long moment, long seconds) {
    return System.nanoTime() - moment > TimeUnit.SECONDS.toNanos(seconds);
  }

  private static UserError noExecutor(SweepConfig.Workers workers) {
    return new UserError(
        "--cluster: no worker of the cluster has room for a process of "
            + workers.threads()
            + " cores and "
            + workers.memory().map(n -> n + " MiB").orElse("1 GiB"));
  }

  private static UserError interrupted(SparkAddress address) {
    Thread.currentThread().interrupt();
    return new UserError("--cluster: " + address.text() + ": interrupted");
  }
}
