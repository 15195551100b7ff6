package org.trimtab.experiments.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.UserError;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.sweep.TinySweep;
import org.trimtab.experiments.sweep.plan.SweepConfig;

/** What a cluster is asked, and what is refused before it is. */
class SparkAddressTest {
  @TempDir Path folder = Path.of("");

  @Test
  void anAddressHasOneMasterOrSeveral() {
    assertThat(SparkAddress.parse("spark://one:7077").orElseThrow().masters()).hasSize(1);
    assertThat(SparkAddress.parse("spark://one:7077,10.0.0.2:7077,[::1]:7078").orElseThrow())
        .satisfies(address -> assertThat(address.masters()).hasSize(3));
  }

  @Test
  void anotherKindOfAddressIsAnothersAffair() {
    assertThat(SparkAddress.parse("yarn://one:7077")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark://", "spark://one", "spark://one:0", "spark://one:70777", "spark://a:1,"})
  void anAddressWithoutHostAndPortIsRefused(String text) {
    assertThatThrownBy(() -> SparkAddress.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--cluster: found " + text + "; allowed spark://HOST:PORT, several with commas");
  }

  @Test
  void aMasterThatDoesNotAnswerIsOneLine() throws Exception {
    String address = "spark://127.0.0.1:" + StandaloneCluster.freePort();
    Path sweep = new TinySweep(folder, "").file();
    Cli.Ran ran =
        Cli.trimtab(
            "sweep", "run", sweep.toString(), "--runs", folder.toString(), "--cluster", address);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "--cluster: " + address + " can't be reached: Connection refused");
  }

  @Test
  void anExecutorHasTheCoresOfOneTrial() throws Exception {
    SparkConf conf = settings(new SweepConfig.Workers(Optional.of(3), 2, Optional.of(700), 2));
    assertThat(conf.get("spark.executor.cores")).isEqualTo("2");
    assertThat(conf.get("spark.task.cpus")).isEqualTo("2");
    assertThat(conf.get("spark.cores.max")).isEqualTo("6");
    assertThat(conf.get("spark.executor.memory")).isEqualTo("700m");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("2");
  }

  @Test
  void tooLittleMemoryIsRefused() {
    assertThatThrownBy(
            () -> settings(new SweepConfig.Workers(Optional.empty(), 1, Optional.of(100), 2)))
        .isInstanceOf(UserError.class)
        .hasMessage("workers.memory: found 100; a Spark executor needs 512 or more");
  }

  private static SparkConf settings(SweepConfig.Workers workers) throws Exception {
    SparkAddress address = SparkAddress.parse("spark://one:7077").orElseThrow();
    return SparkSettings.of(address, InetAddress.getLoopbackAddress(), workers, Path.of("logs"));
  }

  @Test
  void ofWhatSparkSaysTheReasonIsKept() {
    assertThat(
            SparkExecutor.reason(
                "Job aborted due to stage failure: ... ExecutorLostFailure (executor 0 exited"
                    + " caused by one of the running tasks) Reason: Command exited with code 137\n"
                    + "Driver stacktrace:"))
        .isEqualTo("Command exited with code 137");
    assertThat(SparkExecutor.reason("Job aborted\nmore")).isEqualTo("Job aborted");
  }
}
