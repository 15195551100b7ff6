package org.trimtab.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.trimtab.head.Prediction;

/**
 * Requests of as many tasks in one batch of a bank, beside a batch for each; {@link Bench} runs it.
 *
 * <p>The trap: eight batches of eight times the length of one. Each request here has a length of its
 * own, 16 to 64 tokens, so that a batch that pads all to the longest would pay for it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BankBench {
  private static final double EQUAL = 1e-5;

  /** Files of {@code configs/methods} without their ending, separated by plus signs. */
  @Param("lora")
  public String methods = "lora";

  /** How many requests, each of a task of its own. */
  @Param("8")
  public int tasks = 8;

  private Optional<BenchedBank> bank = Optional.empty();

  @Setup(Level.Trial)
  public void setUp() {
    BenchedBank opened = BenchedBank.open(List.of(methods.split("\\+")), tasks);
    bank = Optional.of(opened);
    double difference = opened.difference();
    if (!(difference <= EQUAL)) {
      throw new IllegalStateException("the bank predicts otherwise, by " + difference);
    }
  }

  @Benchmark
  public List<Prediction<?>> mixed() {
    return bank.orElseThrow().mixed();
  }

  @Benchmark
  public List<Prediction<?>> alone() {
    return bank.orElseThrow().alone();
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    bank.ifPresent(BenchedBank::close);
  }
}
