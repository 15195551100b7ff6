package org.trimtab.jmh;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.trimtab.jmh.subject.Choice;
import org.trimtab.jmh.subject.Presets;
import org.trimtab.jmh.subject.TaskFiles;
import org.trimtab.pretrained.BackboneFiles;

/** Texts of twelve words to token ids, by a backbone's own tokenizer; the score is one text's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenizerBench {
  private static final int TEXTS = 64;
  private static final int LONGEST = 128;
  private final List<String> texts = TaskFiles.texts(TEXTS);
  private Optional<BackboneFiles> files = Optional.empty();

  /** A file of {@code configs/backbones} without its ending, or {@code made-up}. */
  @Param("minilm-l6")
  public String backbone = "minilm-l6";

  @Setup(Level.Trial)
  public void setUp() {
    Choice choice = new Choice("head-only", backbone, List.of());
    files = Optional.of(Presets.config(choice).backbone().open());
  }

  @Benchmark
  @OperationsPerInvocation(TEXTS)
  public int encode() {
    int tokens = 0;
    for (String text : texts) {
      tokens += files.orElseThrow().tokenizer().encode(text, Optional.empty(), LONGEST).length();
    }
    return tokens;
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    files.ifPresent(BackboneFiles::close);
  }
}
