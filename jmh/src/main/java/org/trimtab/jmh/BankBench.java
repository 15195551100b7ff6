package org.trimtab.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.trimtab.jmh.subject.BenchedBank;

/**
 * Eight requests of as many tasks in one batch of a bank, beside a batch for each, and beside a
 * session of ONNX Runtime for each; {@link Bench} runs it.
 *
 * <p>Two traps. Texts of one length: real requests have lengths of their own, and a batch that pads
 * all to the longest would pay for it. And neighbours on the machine, who come and go within
 * seconds: all are measured in turns, so that each has the same. The sessions have as many threads
 * as the engine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BankBench {
  private static final double EQUAL = 1e-5;

  /** Files of {@code configs/methods} without their ending, separated by plus signs. */
  @Param("lora")
  public String methods = "lora";

  /** A file of {@code configs/backbones} without its ending, or {@code made-up}. */
  @Param("minilm-l6")
  public String backbone = "minilm-l6";

  /** Tokens of the first request, and of the last; those between lie evenly between. */
  @Param("16")
  public int shortest = 16;

  @Param("64")
  public int longest = 64;

  private Optional<BenchedBank> bank = Optional.empty();

  @Setup(Level.Trial)
  public void setUp() {
    BenchedBank opened =
        BenchedBank.open(List.of(methods.split("\\+")), backbone, shortest, longest);
    bank = Optional.of(opened);
    double difference = opened.difference();
    if (!(difference <= EQUAL)) {
      throw new IllegalStateException("a bank or a session predicts otherwise, by " + difference);
    }
  }

  /** What the turns of one iteration took, in milliseconds. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    static final String MIXED = "mixed";
    static final String ALONE = "alone";
    static final String SESSIONS = "sessions";
    static final String TURNS = "turns";
    public double mixed;
    public double alone;
    public double sessions;
    public long turns;

    @Setup(Level.Iteration)
    public void reset() {
      mixed = 0;
      alone = 0;
      sessions = 0;
      turns = 0;
    }
  }

  /** One batch, then eight, then eight sessions. */
  @Benchmark
  public int turn(Times times) {
    BenchedBank opened = bank.orElseThrow();
    long start = System.nanoTime();
    int predicted = opened.mixed().size();
    long mixed = System.nanoTime();
    predicted += opened.alone().size();
    long alone = System.nanoTime();
    predicted += opened.sessions().size();
    times.mixed += (mixed - start) / 1e6;
    times.alone += (alone - mixed) / 1e6;
    times.sessions += (System.nanoTime() - alone) / 1e6;
    times.turns++;
    return predicted;
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    bank.ifPresent(BenchedBank::close);
  }
}
