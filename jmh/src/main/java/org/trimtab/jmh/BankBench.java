package org.trimtab.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.trimtab.jmh.subject.BenchedBank;

/**
 * Eight requests of as many tasks in one batch of a bank, beside a batch for each; {@link Bench}
 * runs it.
 *
 * <p>Two traps. Texts of one length: real requests have lengths of their own, and a batch that pads
 * all to the longest would pay for it. And neighbours on the machine, who come and go within
 * seconds: both are measured in turns, so that either has the same.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BankBench {
  private static final double EQUAL = 1e-5;

  /** Files of {@code configs/methods} without their ending, separated by plus signs. */
  @Param("lora")
  public String methods = "lora";

  /** Tokens of the first request, and of the last; those between lie evenly between. */
  @Param("16")
  public int shortest = 16;

  @Param("64")
  public int longest = 64;

  private Optional<BenchedBank> bank = Optional.empty();

  @Setup(Level.Trial)
  public void setUp() {
    BenchedBank opened = BenchedBank.open(List.of(methods.split("\\+")), shortest, longest);
    bank = Optional.of(opened);
    double difference = opened.difference();
    if (!(difference <= EQUAL)) {
      throw new IllegalStateException("the bank predicts otherwise, by " + difference);
    }
  }

  /** What the pairs of one iteration took, in milliseconds. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    static final String MIXED = "mixed";
    static final String ALONE = "alone";
    static final String PAIRS = "pairs";
    public double mixed;
    public double alone;
    public long pairs;

    @Setup(Level.Iteration)
    public void reset() {
      mixed = 0;
      alone = 0;
      pairs = 0;
    }
  }

  /** One batch, then eight. */
  @Benchmark
  public int pair(Times times) {
    BenchedBank opened = bank.orElseThrow();
    long start = System.nanoTime();
    int mixed = opened.mixed().size();
    long between = System.nanoTime();
    int alone = opened.alone().size();
    times.mixed += (between - start) / 1e6;
    times.alone += (System.nanoTime() - between) / 1e6;
    times.pairs++;
    return mixed + alone;
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    bank.ifPresent(BenchedBank::close);
  }
}
