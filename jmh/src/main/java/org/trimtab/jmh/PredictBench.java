package org.trimtab.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.trimtab.LabelledTexts;
import org.trimtab.TextPrediction;
import org.trimtab.TunedModel;
import org.trimtab.Tuner;

/** Texts a second of a tuned model that several threads share; {@link Bench} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PredictBench {
  static final int TEXTS = 64;
  private static final String TEXT = "A quiet and clever film that stays with you for days.";

  private final List<String> texts = Collections.nCopies(TEXTS, TEXT);
  private Optional<TunedModel> tuned = Optional.empty();

  /** One update: how well the model predicts costs nothing. */
  @Setup(Level.Trial)
  public void setUp() {
    List<String> labels = new ArrayList<>();
    texts.forEach(text -> labels.add(labels.size() % 2 == 0 ? "good" : "bad"));
    tuned =
        Optional.of(
            Tuner.onMiniLm()
                .method("prompt", Map.of("length", 10))
                .stopWhen(() -> true)
                .train(LabelledTexts.of(texts, labels)));
  }

  /** A call a text. */
  @Benchmark
  public TextPrediction single() {
    return tuned.orElseThrow().predict(TEXT);
  }

  /** A call for all of them. */
  @Benchmark
  @OperationsPerInvocation(TEXTS)
  public List<TextPrediction> together() {
    return tuned.orElseThrow().predict(texts);
  }

  @TearDown(Level.Trial)
  public void tearDown() {
    tuned.ifPresent(TunedModel::close);
  }
}
