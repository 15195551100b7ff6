package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Place;
import org.trimtab.base.Better;
import org.trimtab.batch.Labelled;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.Tiny;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.Schedule;

/** What a listener hears, and when. */
class TrainingTest {
  private static final TrainConfig.KeepStates OFF =
      new TrainConfig.KeepStates(TrainConfig.KeepStates.When.OFF, 1);

  private static TrainConfig config(Optional<Integer> everySteps) {
    return new TrainConfig(
        3,
        4,
        Optional.empty(),
        2,
        0.01,
        0,
        Map.of(),
        new OptimizerConfig.SgdConfig(0),
        Schedule.Shape.CONSTANT,
        0,
        0,
        new TrainConfig.Evaluation(everySteps, Optional.empty(), 4, 2048),
        Optional.of(new TrainConfig.EarlyStopping(Optional.empty(), 2)),
        TrainConfig.Keep.BEST,
        OFF);
  }

  /** Epochs of three batches, two in an update; the score falls from the first evaluation on. */
  private static List<String> heard(TrainConfig config, double... scores) {
    List<String> heard = new ArrayList<>();
    run(config, Better.HIGHER, listener(heard), scores);
    return heard;
  }

  /** The step whose state is kept. */
  private static long kept(TrainConfig config, Better better, double... scores) {
    return run(config, better, TrainingListener.NONE, scores).bestStep();
  }

  private static TrainingListener listener(List<String> heard) {
    return new TrainingListener() {
      @Override
      public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
        heard.add("step " + step + "/" + steps);
      }

      @Override
      public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
        heard.add("evaluation");
      }

      @Override
      public void onEpochEnd(long step, int epoch) {
        heard.add("end of epoch " + epoch + " at " + step);
      }
    };
  }

  private static Training.Outcome run(
      TrainConfig config, Better better, TrainingListener listener, double... scores) {
    int[] evaluation = {0};
    try (Tiny tiny = Tiny.of("bert")) {
      SoftPrompt prompt =
          new SoftPrompt(new Placement(Place.AFTER_CLS, true), 4, tiny.init(1).normal(0.1, 4, 16));
      Training.Data<Integer> data =
          new Training.Data<>(
              epoch ->
                  Stream.of(7, 8, 9)
                      .map(width -> new Labelled<>(Tiny.batch(width), Tiny.gold()))
                      .toList(),
              List.of(Tiny.batch()),
              predictions -> predictions,
              predictions -> Map.of("score", defined(scores[evaluation[0]++])),
              new Criterion("score", better, OptionalDouble.of(0)),
              String::valueOf);
      try (Trainer<Integer> trainer =
          Trainer.of(new PlainRecipe<>(tiny.model(prompt)), config, new RandomStreams(1))) {
        return new Training<>(
                trainer, config, data, new TrainingListeners(List.of(listener)), Checkpoints.NONE)
            .run();
      }
    }
  }

  @Test
  void theBestStateIsTheOneWithTheHighestScoreOrTheLowestError() {
    assertThat(kept(config(Optional.empty()), Better.HIGHER, 3.085, 2.976, 3.198)).isEqualTo(6);
    assertThat(kept(config(Optional.empty()), Better.LOWER, 3.085, 2.976, 3.198)).isEqualTo(4);
    assertThat(kept(config(Optional.empty()), Better.LOWER, 3.2, 3.1, 3.0)).isEqualTo(6);
  }

  @Test
  void aFallingErrorDoesNotStopATrainingAndARisingOneDoes() {
    assertThat(kept(config(Optional.of(1)), Better.LOWER, 7, 6, 5, 4, 3, 2, 1)).isEqualTo(6);
    assertThat(run(config(Optional.of(1)), Better.LOWER, TrainingListener.NONE, 1, 2, 3).steps())
        .isEqualTo(3);
  }

  @Test
  void anUndefinedErrorIsNeverTheBest() {
    assertThat(kept(config(Optional.empty()), Better.LOWER, Double.NaN, 2, Double.NaN))
        .isEqualTo(4);
  }

  private static OptionalDouble defined(double score) {
    return Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score);
  }

  @Test
  void anEpochEndsAfterItsEvaluation() {
    assertThat(heard(config(Optional.empty()), 1, 2, 3))
        .containsExactly(
            "step 1/6",
            "step 2/6",
            "evaluation",
            "end of epoch 0 at 2",
            "step 3/6",
            "step 4/6",
            "evaluation",
            "end of epoch 1 at 4",
            "step 5/6",
            "step 6/6",
            "evaluation",
            "end of epoch 2 at 6");
  }

  @Test
  void anEpochThatIsBrokenOffHasNoEnd() {
    assertThat(heard(config(Optional.of(1)), 3, 2, 1))
        .containsExactly(
            "step 1/6",
            "evaluation",
            "step 2/6",
            "evaluation",
            "end of epoch 0 at 2",
            "step 3/6",
            "evaluation");
  }
}
