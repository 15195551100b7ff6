package org.trimtab.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
import org.trimtab.jmh.subject.BenchedMethod;
import org.trimtab.train.CheckpointFile;

/** A training's state to a file, forced to the disk, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CheckpointBench {
  private Optional<BenchedMethod> arm = Optional.empty();
  private Optional<CheckpointFile> checkpoint = Optional.empty();
  private Path file = Path.of("");

  @Setup(Level.Trial)
  public void setUp(ModelChoice model, BatchChoice batch) throws IOException {
    BenchedMethod opened = BenchedMethod.open(model.choice(), batch.shape());
    arm = Optional.of(opened);
    opened.step(); // only then the optimizer remembers something
    file = Files.createTempFile("bench", ".safetensors");
    checkpoint = Optional.of(new CheckpointFile(file, opened.model().params()));
    write();
  }

  @Benchmark
  public void write() {
    checkpoint.orElseThrow().save(saved());
  }

  private CheckpointFile.Saved saved() {
    return new CheckpointFile.Saved(arm.orElseThrow().progress(), Map.of());
  }

  @Benchmark
  public CheckpointFile.Saved read() {
    return checkpoint.orElseThrow().load().orElseThrow();
  }

  @TearDown(Level.Trial)
  public void tearDown() throws IOException {
    arm.ifPresent(BenchedMethod::close);
    Files.delete(file);
  }
}
