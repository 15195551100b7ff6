package org.trimtab.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Place;
import org.trimtab.experiments.config.BackboneFiles;
import org.trimtab.experiments.config.OnnxBackboneConfig;
import org.trimtab.experiments.config.OnnxModel;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.task.Batch;
import org.trimtab.task.Classification;
import org.trimtab.task.Head;
import org.trimtab.task.LinearHeadConfig;
import org.trimtab.task.Pooling;
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.Model;
import org.trimtab.train.Optimizer;
import org.trimtab.train.OptimizerConfig;
import org.trimtab.train.Trainer;
import org.trimtab.train.UpdateRule;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.DropoutRates;
import org.trimtab.transformer.PoolerMode;
import org.trimtab.transformer.Tuning;

/**
 * One training step of prompt tuning over MiniLM, batch 16 x (64 + 20), fp32, beside the matrix
 * product that bounds it.
 *
 * <p>The trap: a peak from a data sheet, or from another run. Clock and neighbours change within
 * minutes, so both are measured in one run, and the share is theirs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class StepBench {
  private static final int BATCH = 16;
  private static final int TEXT = 64;
  private static final int PROMPT = 20;

  /** Linear layers forward and their inputs' gradients, and attention. */
  private static final double STEP_GFLOP = 60;

  private static final long SIZE = 1536;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private NDArray left = manager.create(0f);
  private NDArray right = manager.create(0f);
  private List<Trainer.Labelled<Integer>> batches = List.of();
  private Runnable close = () -> {};
  private Trainer<Integer> trainer = trainer();

  @Setup
  public void setUp() {
    left = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
    right = manager.randomUniform(-1, 1, new Shape(SIZE, SIZE));
    Random random = new Random(1);
    long[][] ids =
        IntStream.range(0, BATCH)
            .mapToObj(i -> random.longs(TEXT, 1000, 20000).toArray())
            .toArray(long[][]::new);
    int[] lengths = IntStream.range(0, BATCH).map(i -> i < 4 ? TEXT / 2 : TEXT).toArray();
    List<Integer> indices = IntStream.range(0, BATCH).boxed().toList();
    Batch batch = new Batch(indices, ids, new long[BATCH][TEXT], lengths);
    batches = List.of(new Trainer.Labelled<>(batch, indices.stream().map(i -> i % 2).toList()));
    double loss = step();
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("the step is broken: its loss is " + loss);
    }
  }

  private Trainer<Integer> trainer() {
    DjlTensors tensors = DjlTensors.open(Precision.FP32);
    OnnxBackboneConfig config =
        new OnnxBackboneConfig(
            OnnxModel.MINILM_L6, Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE, Precision.FP32);
    try (BackboneFiles files = config.open()) {
      Backbone backbone = Backbones.load(files.shape(), files.weights(), config.options(), tensors);
      Init init = new Init(tensors, new RandomStreams(1).stream("bench"));
      int hidden = backbone.spec().hidden();
      SoftPrompt prompt =
          new SoftPrompt(
              new Placement(Place.AFTER_CLS, true), PROMPT, init.normal(0.02, PROMPT, hidden));
      Head head = new LinearHeadConfig(Pooling.CLS, 0, 0.02).create(hidden, 2, init);
      Model<Integer> model = new Model<>(backbone, prompt, head, new Classification(2));
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-3, 0);
      Optimizer optimizer =
          new Optimizer(
              model.params(),
              new OptimizerConfig.AdamWConfig(0.9, 0.999, 1e-8).rule(),
              Map.of("prompt", rate, "head", rate));
      close =
          () -> {
            optimizer.close();
            backbone.close();
          };
      return new Trainer<>(model, optimizer, new RandomStreams(1));
    }
  }

  @Benchmark
  public double step() {
    return trainer.step(batches, 1, 1).loss();
  }

  @Benchmark
  public float matmul() {
    try (NDArray product = left.matMul(right);
        NDArray first = product.get(0, 0)) {
      return first.getFloat();
    }
  }

  @TearDown
  public void tearDown() {
    close.run();
    manager.close();
  }

  /** Runs both and prints the share of the peak that the step reaches. */
  public static void main(String[] arguments) throws RunnerException {
    double step = 0;
    double matmul = 0;
    for (RunResult result :
        new Runner(new OptionsBuilder().include(StepBench.class.getSimpleName() + "\\.").build())
            .run()) {
      double score = result.getPrimaryResult().getScore();
      boolean isStep = result.getPrimaryResult().getLabel().equals("step");
      step = isStep ? score : step;
      matmul = isStep ? matmul : score;
    }
    double peak = 2.0 * SIZE * SIZE * SIZE / 1e6 / matmul;
    double reached = STEP_GFLOP / step * 1e3;
    System.out.printf(
        Locale.ROOT,
        "step %.1f ms: %.0f GFLOP/s, %.2f of the matmul peak, %.0f GFLOP/s%n",
        step,
        reached,
        reached / peak,
        peak);
  }
}
