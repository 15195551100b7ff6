package org.trimtab.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
import org.trimtab.batch.BatchSize;
import org.trimtab.batch.Batches;
import org.trimtab.jmh.subject.Choice;
import org.trimtab.jmh.subject.Presets;
import org.trimtab.jmh.subject.TaskFiles;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;

/**
 * From files to batches: 2,000 texts read into examples, texts of twelve words to token ids by a
 * backbone's own tokenizer (the score is one text's), and encoded texts shuffled into batches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DataBench {
  private static final int SIZE = 16;
  private static final int LONGEST = 128;
  private static final int TEXTS = 64;
  private final List<String> texts = TaskFiles.texts(TEXTS);
  private final List<List<Encoding>> encoded = new ArrayList<>();
  private final List<Integer> gold = new ArrayList<>();
  private Optional<TaskFiles> files = Optional.empty();
  private Optional<BackboneFiles> pretrained = Optional.empty();

  /** A file of {@code configs/backbones} without its ending, or {@code made-up}. */
  @Param("minilm-l6")
  public String backbone = "minilm-l6";

  @Setup(Level.Trial)
  public void setUp() {
    files = Optional.of(TaskFiles.write());
    Choice choice = new Choice("head-only", backbone, List.of());
    pretrained = Optional.of(Presets.config(choice).backbone().open());
    Random random = new Random(1);
    for (int i = 0; i < TaskFiles.ROWS; i++) {
      int length = 1 + random.nextInt(LONGEST);
      Encoding text =
          new Encoding(new Texts("", Optional.empty()), new int[length], new byte[length]);
      encoded.add(List.of(text));
      gold.add(i % 2);
    }
  }

  @Benchmark
  public int tsv() {
    return read("tsv");
  }

  @Benchmark
  public int jsonl() {
    return read("jsonl");
  }

  private int read(String kind) {
    return files.orElseThrow().task(kind).load().train().examples().size();
  }

  @Benchmark
  @OperationsPerInvocation(TEXTS)
  public int encode() {
    int tokens = 0;
    for (String text : texts) {
      tokens +=
          pretrained.orElseThrow().tokenizer().encode(text, Optional.empty(), LONGEST).length();
    }
    return tokens;
  }

  @Benchmark
  public int batches() {
    return Batches.shuffled(encoded, gold, BatchSize.of(SIZE), new Random(1)).size();
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    files.ifPresent(TaskFiles::close);
    pretrained.ifPresent(BackboneFiles::close);
  }
}
