package org.trimtab.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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

/**
 * One pass and one training step of a preset over MiniLM, batch 16 x 64, beside the matrix product
 * that bounds both; {@link Bench} runs it for every preset.
 *
 * <p>The trap: a peak from a data sheet, or from another run. Clock and neighbours change within
 * minutes, so each preset's passes, steps and peak are measured one after the other. What was
 * computed once and is kept in training, such as first passes of the frozen model, is kept here
 * too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MethodBench {
  /** Of the matrix product, rows and columns. */
  static final long SIZE = 1536;

  /** A file of {@code configs/methods} without its ending. */
  @Param("prompt")
  public String method = "prompt";

  private Optional<BenchedMethod> arm = Optional.empty();
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private NDArray left = manager.create(0f);
  private NDArray right = manager.create(0f);

  @Setup(Level.Trial)
  public void setUp() {
    arm = Optional.of(BenchedMethod.open(method));
    left = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
    right = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
    double loss = step();
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("the step is broken: its loss is " + loss);
    }
  }

  @Benchmark
  public int forward() {
    return arm.orElseThrow().forward();
  }

  @Benchmark
  public double step() {
    return arm.orElseThrow().step();
  }

  @Benchmark
  public float matmul() {
    try (NDArray product = left.matMul(right);
        NDArray first = product.get(0, 0)) {
      return first.getFloat();
    }
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    arm.ifPresent(BenchedMethod::close);
    manager.close();
  }
}
