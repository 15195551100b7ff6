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
import org.trimtab.base.UserError;
import org.trimtab.jmh.subject.Presets;
import org.trimtab.model.Model;

/** What a method is made into after training: folded, and merged into weights where that can be. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MergeBench {
  private Optional<Model<Integer>> model = Optional.empty();

  @Setup(Level.Trial)
  public void setUp(ModelChoice choice) {
    model = Optional.of(Presets.model(choice.choice()));
  }

  /** Of a method without a smaller form this costs nothing. */
  @Benchmark
  public int fold() {
    Model<Integer> own = model.orElseThrow();
    return own.tensors().freeing(() -> own.fold().module().params().all().size());
  }

  @Benchmark
  public int merge() {
    Model<Integer> own = model.orElseThrow();
    return own.tensors()
        .freeing(
            () ->
                own.module()
                    .merged()
                    .orElseThrow(() -> new UserError("method: no weights can take it over"))
                    .size());
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    model.ifPresent(own -> own.backbone().close());
  }
}
