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
import org.trimtab.jmh.subject.OnnxSession;
import org.trimtab.jmh.subject.Presets;

/** One pass of a folded model by ONNX Runtime: {@link MethodBench#forward} in the other engine. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OnnxBench {
  private Optional<OnnxSession> session = Optional.empty();

  @Setup(Level.Trial)
  public void setUp(ModelChoice model, BatchChoice batch) {
    session = Optional.of(OnnxSession.open(Presets.config(model.choice()), batch.shape().batch()));
  }

  @Benchmark
  public int session() {
    return session.orElseThrow().run().get(0).value();
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    session.ifPresent(OnnxSession::close);
  }
}
