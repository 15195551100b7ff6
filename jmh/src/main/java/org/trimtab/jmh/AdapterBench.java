package org.trimtab.jmh;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.trimtab.jmh.subject.BenchedModule;

/**
 * A method on its own: what it adds to a pass over fixed states, with no backbone beneath, so that
 * its cost shows apart from the backbone's. A gradient that reaches a state is no part of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdapterBench {
  private Optional<BenchedModule> module = Optional.empty();

  @Setup(Level.Trial)
  public void setUp(ModelChoice model, BatchChoice batch) {
    module = Optional.of(BenchedModule.open(model.choice(), batch.shape()));
  }

  @Benchmark
  public double forward() {
    return module.orElseThrow().forward();
  }

  @Benchmark
  public double forwardBackward() {
    return module.orElseThrow().forwardBackward();
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    module.ifPresent(BenchedModule::close);
  }
}
