package org.trimtab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Randomness;
import org.trimtab.base.Better;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.golden.Golden;
import org.trimtab.head.Classification;
import org.trimtab.head.Head;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.ScoredHead;
import org.trimtab.method.Trace;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.model.Model;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.GradientCheck;
import org.trimtab.testing.Tiny;
import org.trimtab.train.CheckpointFile;
import org.trimtab.train.Checkpoints;
import org.trimtab.train.Criterion;
import org.trimtab.train.Progress;
import org.trimtab.train.TrainConfig;
import org.trimtab.train.Trainer;
import org.trimtab.train.Training;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.TrainingStopped;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.Schedule;

/** Recipes of two models and of two passes: what the plain one doesn't need. */
class RecipeTest {
  private static final TrainConfig.KeepStates OFF =
      new TrainConfig.KeepStates(TrainConfig.KeepStates.When.OFF, 1);

  private static final Labelled<Integer> BATCH = new Labelled<>(Tiny.batch(), Tiny.gold());
  private static final TrainConfig CONFIG =
      new TrainConfig(
          3,
          4,
          Optional.empty(),
          1,
          0.01,
          0.01,
          Map.of("recipe", new TrainConfig.Group(Optional.of(0.1), Optional.empty())),
          new OptimizerConfig.AdamWConfig(0.9, 0.999, 1e-8),
          Schedule.Shape.LINEAR,
          0.1,
          1,
          new TrainConfig.Evaluation(Optional.empty(), Optional.empty(), 4, 2048),
          Optional.empty(),
          TrainConfig.Keep.BEST,
          OFF);

  @TempDir Path folder;

  private static Head head(Tiny tiny, long seed) {
    return new LinearHeadConfig(Pooling.CLS, 0, 0.3)
        .create(tiny.backbone().spec().hidden(), 3, tiny.init(seed));
  }

  private static Model<Integer> model(Tiny tiny, Head head) {
    Tensor prompt = tiny.init(1).normal(0.1, 4, 16);
    return new Model<>(
        tiny.backbone(),
        new SoftPrompt(new Placement(Place.AFTER_CLS, true), 4, prompt),
        new ScoredHead<>(head, new Classification(3), tiny.tensors()));
  }

  private static Distillation distillation(Tiny tiny, Tiny other) {
    Head head = head(tiny, 3);
    Head teaching = head(other, 4);
    return new Distillation(model(tiny, head), head, model(other, teaching), teaching);
  }

  private static Perturbed perturbed(Tiny tiny) {
    return new Perturbed(new RecipeSetup<>(model(tiny, head(tiny, 3)), tiny.init(2)));
  }

  private static Map<String, double[]> frozen(Tiny tiny) {
    Map<String, double[]> values = new LinkedHashMap<>();
    tiny.backbone().weights().forEach((name, w) -> values.put(name, tiny.tensors().doubles(w)));
    return values;
  }

  private static List<Double> train(Recipe<Integer> recipe, int steps) {
    try (Trainer<Integer> trainer = Trainer.of(recipe, CONFIG, new RandomStreams(1))) {
      List<Double> losses = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        losses.add(trainer.step(List.of(BATCH), 1).loss());
      }
      return losses;
    }
  }

  private static double loss(Recipe<Integer> recipe) {
    return recipe
        .scored()
        .tensors()
        .freeing(() -> recipe.scored().tensors().doubles(recipe.loss(BATCH, Randomness.FIXED))[0]);
  }

  @Test
  void thePlainRecipeIsTheModelsOwnLoss() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, head(tiny, 3));
      assertThat(loss(new PlainRecipe<>(model)))
          .isEqualTo(tiny.tensors().doubles(model.loss(BATCH, Randomness.FIXED))[0]);
    }
  }

  @Test
  void aTeachersScoresAndTheGoldTeachTheStudentTogether() {
    try (Tiny tiny = Tiny.of("bert");
        Tiny other = Tiny.of("roberta")) {
      Distillation recipe = distillation(tiny, other);
      double task = loss(new PlainRecipe<>(recipe.scored()));
      double[] student = scores(recipe.scored(), recipe.studentHead());
      double[] teacher = scores(recipe.teacher(), recipe.teacherHead());
      double distance = 0;
      for (int i = 0; i < student.length; i++) {
        distance += Math.pow(student[i] - teacher[i], 2) / student.length;
      }
      assertThat(loss(recipe)).isCloseTo(task + distance, within(1e-12));
      GradientCheck.errors(recipe, BATCH)
          .forEach((name, error) -> assertThat(error).as(name).isLessThan(1e-6));
      List<Double> losses = train(recipe, 20);
      assertThat(losses.get(19)).isLessThan(0.8 * losses.get(0));
    }
  }

  private static double[] scores(Model<Integer> model, Head head) {
    return model
        .tensors()
        .doubles(head.scores(model.hidden(Tiny.batch(), Dropout.OFF, Trace.NONE), Dropout.OFF));
  }

  @Test
  void theTeacherStaysAsItIs() {
    try (Tiny tiny = Tiny.of("bert");
        Tiny other = Tiny.of("roberta")) {
      Distillation recipe = distillation(tiny, other);
      Map<String, double[]> frozen = frozen(other);
      Map<String, HostTensor> before = recipe.teacher().params().snapshot(other.tensors());
      train(recipe, 3);
      frozen(other).forEach((name, w) -> assertThat(w).as(name).isEqualTo(frozen.get(name)));
      recipe
          .teacher()
          .params()
          .snapshot(other.tensors())
          .forEach((name, v) -> assertThat(v.data()).isEqualTo(Golden.get(before, name).data()));
    }
  }

  @Test
  void aRecipesOwnParametersGetExactGradients() {
    try (Tiny tiny = Tiny.of("bert")) {
      Perturbed recipe = perturbed(tiny);
      Map<String, HostTensor> start = recipe.state();
      Recipe<Integer> forgetful =
          new Recipe<>() {
            @Override
            public Model<Integer> scored() {
              return recipe.scored();
            }

            @Override
            public org.trimtab.tensor.Params params() {
              return recipe.params();
            }

            @Override
            public Tensor loss(Labelled<Integer> batch, Randomness randomness) {
              recipe.restore(start);
              return recipe.loss(batch, randomness);
            }
          };
      Map<String, Double> errors = GradientCheck.errors(forgetful, BATCH);
      assertThat(errors).containsKeys(Perturbed.SHIFT, SoftPrompt.NAME);
      errors.forEach((name, error) -> assertThat(error).as(name).isLessThan(1e-6));
      double[] gradient =
          GradientCheck.gradients(forgetful, BATCH).getOrDefault(Perturbed.SHIFT, new double[1]);
      assertThat(gradient).hasSize(16).doesNotContain(0);
    }
  }

  @Test
  void twoPassesMoveWhatTrainsAndNothingElse() {
    try (Tiny tiny = Tiny.of("bert")) {
      Perturbed recipe = perturbed(tiny);
      Map<String, double[]> frozen = frozen(tiny);
      Map<String, HostTensor> before = recipe.params().snapshot(tiny.tensors());
      train(recipe, 3);
      frozen(tiny).forEach((name, w) -> assertThat(w).as(name).isEqualTo(frozen.get(name)));
      recipe
          .params()
          .snapshot(tiny.tensors())
          .forEach(
              (name, v) ->
                  assertThat(v.data()).as(name).isNotEqualTo(Golden.get(before, name).data()));
    }
  }

  /** Stops the training after some updates, and leaves it in a file. */
  private static final class StopAfter implements Checkpoints {
    private final CheckpointFile file;
    private int left;

    StopAfter(CheckpointFile file, int updates) {
      this.file = file;
      left = updates;
    }

    @Override
    public Optional<Progress> last() {
      return file.load().map(CheckpointFile.Saved::progress);
    }

    @Override
    public boolean due(long step) {
      return false;
    }

    @Override
    public void save(Progress progress) {
      file.save(new CheckpointFile.Saved(progress, Map.of()));
    }

    @Override
    public boolean stopRequested() {
      return --left == 0;
    }
  }

  private static Labelled<Integer> labelled(Batch batch) {
    return new Labelled<>(batch, Tiny.gold());
  }

  private static Training.Outcome run(Perturbed recipe, Checkpoints checkpoints) {
    Training.Data<Integer> data =
        new Training.Data<>(
            epoch -> List.of(labelled(Tiny.batch()), labelled(Tiny.batch(8 + epoch))),
            List.of(Tiny.batch()),
            predictions -> predictions,
            predictions -> Map.of("score", OptionalDouble.of(predictions.get(0).scores().get(0))),
            new Criterion("score", Better.HIGHER, OptionalDouble.of(0)),
            String::valueOf);
    try (Trainer<Integer> trainer = Trainer.of(recipe, CONFIG, new RandomStreams(1))) {
      return new Training<>(trainer, CONFIG, data, TrainingListener.NONE, checkpoints).run();
    }
  }

  @Test
  void whatARecipeRemembersSurvivesAnInterruptionBitForBit() {
    try (Tiny tiny = Tiny.of("bert")) {
      Perturbed straight = perturbed(tiny);
      Training.Outcome expected = run(straight, Checkpoints.NONE);
      for (int updates = 1; updates <= 5; updates++) {
        Perturbed first = perturbed(tiny);
        CheckpointFile file =
            new CheckpointFile(folder.resolve(updates + ".safetensors"), first.params());
        StopAfter stop = new StopAfter(file, updates);
        assertThatThrownBy(() -> run(first, stop)).isInstanceOf(TrainingStopped.class);
        Perturbed second = perturbed(tiny);
        assertThat(run(second, new StopAfter(file, 9))).isEqualTo(expected);
        assertThat(second.epochs()).isEqualTo(3);
        assertThat(bits(second, tiny))
            .as("stopped after " + updates)
            .isEqualTo(bits(straight, tiny));
      }
    }
  }

  private static List<String> bits(Perturbed recipe, Tiny tiny) {
    Map<String, HostTensor> all = new LinkedHashMap<>(recipe.params().snapshot(tiny.tensors()));
    all.putAll(new java.util.TreeMap<>(recipe.state()));
    assertThat(all.keySet()).containsAll(recipe.params().all().stream().map(Param::name).toList());
    return all.entrySet().stream()
        .map(e -> e.getKey() + java.util.Arrays.toString(e.getValue().doubles()))
        .toList();
  }
}
