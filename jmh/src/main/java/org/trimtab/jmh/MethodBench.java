package org.trimtab.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.trimtab.jmh.subject.BenchedMethod;

/**
 * One pass and one training step of a preset, beside the matrix product that bounds both; {@link
 * Bench} runs it for every preset.
 *
 * <p>The trap: a peak from a data sheet, or from another run. Clock and neighbours change within
 * minutes, so each preset's passes, steps and peak are measured one after the other. What was
 * computed once and is kept in training, such as first passes of the frozen model, is kept here
 * too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MethodBench {
  /** Of the matrix product, rows and columns. */
  static final long SIZE = 1536;

  private Optional<BenchedMethod> arm = Optional.empty();
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private NDArray left = manager.create(0f);
  private NDArray right = manager.create(0f);

  @Setup(Level.Trial)
  public void setUp(ModelChoice model, BatchChoice batch) {
    arm = Optional.of(BenchedMethod.open(model.choice(), batch.shape()));
    DataType type = model.precision.equals("fp64") ? DataType.FLOAT64 : DataType.FLOAT32;
    left = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE), type);
    right = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE), type);
    double loss = arm.orElseThrow().step();
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("the step is broken: its loss is " + loss);
    }
  }

  /** The arithmetic of what was measured, 10^9 operations. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Work {
    public double gflop;

    @Setup(Level.Iteration)
    public void reset() {
      gflop = 0;
    }
  }

  @Benchmark
  public int forward(Work work) {
    BenchedMethod opened = arm.orElseThrow();
    work.gflop = opened.forwardGflop();
    return opened.forward();
  }

  @Benchmark
  public double step(Work work) {
    BenchedMethod opened = arm.orElseThrow();
    work.gflop = opened.stepGflop();
    return opened.step();
  }

  @Benchmark
  public void matmul(Work work) {
    work.gflop = 2e-9 * SIZE * SIZE * SIZE;
    left.matMul(right).close();
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    arm.ifPresent(BenchedMethod::close);
    manager.close();
  }
}
