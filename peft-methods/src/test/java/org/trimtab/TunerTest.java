package org.trimtab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.base.UserError;
import org.trimtab.methods.adapter.AdapterConfig;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.task.read.Range;
import org.trimtab.testing.TinyFolder;
import org.trimtab.train.Trainer;
import org.trimtab.train.TrainingListener;

/** Tuning, saving, loading and predicting in plain Java. */
class TunerTest {
  private static final List<String> TEXTS =
      IntStream.range(0, 40)
          .mapToObj(i -> i % 2 == 0 ? "w7 w8 w" + (9 + i / 2) : "w30 w31")
          .toList();
  private static final List<String> LABELS =
      IntStream.range(0, 40).mapToObj(i -> i % 2 == 0 ? "good" : "bad").toList();
  private static final LabelledTexts REVIEWS = LabelledTexts.of(TEXTS, LABELS);

  @TempDir Path folder = Path.of("");
  private Path backbone = Path.of("");

  @BeforeEach
  void makeBackbone() throws IOException {
    backbone = folder.resolve("bert");
    Files.createDirectories(backbone);
    new TinyFolder(backbone, "bert").write();
  }

  private Tuner tuner() {
    return Tuner.on(backbone)
        .set("data.maximum_length", 24)
        .set("train.epochs", 6)
        .set("train.batch", 4)
        .set("train.lr", 0.02)
        .set("head.pooling", "mean");
  }

  private Tuner prompt() {
    return tuner().method("prompt", Map.of("length", 4, "init", Map.of("type", "uniform")));
  }

  @Test
  void whatIsTunedIsLearnt() {
    try (TunedModel tuned = prompt().train(REVIEWS, REVIEWS)) {
      assertThat(tuned.evaluate(REVIEWS).get("accuracy")).isEqualTo(OptionalDouble.of(1));
      assertThat(tuned.classes()).containsExactly("good", "bad");
      assertThat(tuned.predict("w7 w8 w20").word()).isEqualTo("good");
      assertThat(tuned.warnings()).noneMatch(warning -> warning.contains("within chance"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prompt", "prefix", "lora", "adapter", "idpg", "unipelt", "sum"})
  void whatIsSavedPredictsTheSame(String method) {
    Path saved = folder.resolve("deep").resolve("reviews");
    Map<String, ?> parts =
        Map.of("parts", Map.of("one", Map.of("type", "lora"), "two", Map.of("type", "adapter")));
    boolean combines = List.of("unipelt", "sum").contains(method);
    List<TextPrediction> before;
    try (TunedModel tuned =
        tuner()
            .set("train.epochs", 1)
            .method(method, combines ? parts : small(method))
            .train(REVIEWS)) {
      before = tuned.predict(TEXTS);
      tuned.save(saved);
    }
    try (TunedModel loaded = TunedModel.load(saved)) {
      assertThat(loaded.predict(TEXTS)).isEqualTo(before);
    }
  }

  /** The tiny model has few words and few positions. */
  private static Map<String, ?> small(String method) {
    return switch (method) {
      case "prompt" -> Map.of("length", 3, "init", Map.of("type", "uniform"));
      case "prefix" -> Map.of("length", 3, "mid", 8);
      case "idpg" -> Map.of("length", 2, "generator", Map.of("type", "dnn"));
      default -> Map.of();
    };
  }

  @Test
  void theSameSettingsGiveTheSameModel() {
    try (TunedModel one = prompt().train(REVIEWS);
        TunedModel other = prompt().train(REVIEWS);
        TunedModel reseeded = prompt().set("seeds", List.of(2)).train(REVIEWS)) {
      assertThat(one.predict(TEXTS)).isEqualTo(other.predict(TEXTS));
      assertThat(reseeded.predict(TEXTS)).isNotEqualTo(one.predict(TEXTS));
    }
  }

  @Test
  void aRecordTunesAsItsNameDoes() {
    PromptConfig config = (PromptConfig) MethodSettings.of("prompt", Map.of("length", 4));
    assertThat(config).isEqualTo(MethodSettings.defaults(PromptConfig.class).withLength(4));
    LoraConfig lora = MethodSettings.defaults(LoraConfig.class).withRank(2).withAlpha(4);
    try (TunedModel named = tuner().method("lora", Map.of("rank", 2, "alpha", 4)).train(REVIEWS);
        TunedModel record = tuner().method(lora).train(REVIEWS)) {
      assertThat(record.predict(TEXTS)).isEqualTo(named.predict(TEXTS));
    }
  }

  @Test
  void aTunerIsLeftAsItIs() {
    Tuner tuner = prompt();
    tuner.set("train.epochs", 0).method("lora", Map.of());
    try (TunedModel tuned = tuner.train(REVIEWS)) {
      assertThat(tuned.classes()).hasSize(2);
    }
  }

  @Test
  void pairsAndNumbersArePredictedToo() {
    List<Double> numbers = IntStream.range(0, 40).mapToObj(i -> i % 2 == 0 ? 4.5 : 0.5).toList();
    LabelledTexts scored = LabelledTexts.scoredPairs(TEXTS, TEXTS, numbers, new Range(0, 5));
    Path saved = folder.resolve("similarity");
    double before;
    try (TunedModel tuned = prompt().train(scored)) {
      before = tuned.predictPairs(List.of("w7 w8"), List.of("w7 w8")).get(0).scores().get(0);
      assertThat(tuned.evaluate(scored)).containsKeys("pearson", "spearman");
      assertThat(tuned.classes()).isEmpty();
      tuned.save(saved);
    }
    try (TunedModel loaded = TunedModel.load(saved)) {
      TextPrediction after = loaded.predictPairs(List.of("w7 w8"), List.of("w7 w8")).get(0);
      assertThat(after.scores()).containsExactly(before);
      assertThat(after.value()).isEqualTo(Double.toString(before));
    }
    LabelledTexts pairs = LabelledTexts.ofPairs(TEXTS, TEXTS, LABELS);
    try (TunedModel tuned = prompt().train(pairs, pairs)) {
      assertThat(tuned.predictPairs(TEXTS, TEXTS)).hasSize(40);
    }
  }

  @Test
  void aTextThatIsTooLongIsSaidToBeCut() {
    try (TunedModel tuned = prompt().train(REVIEWS)) {
      List<TextPrediction> said =
          tuned.predict(List.of("w7", String.join(" ", Collections.nCopies(30, "w7"))));
      assertThat(said.stream().map(TextPrediction::truncated)).containsExactly(false, true);
    }
  }

  @Test
  void listenersHearTheTrainingAndEndIt() {
    List<Long> steps = new ArrayList<>();
    List<Map<String, OptionalDouble>> scores = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(long step, long total, Trainer.Step done, double lr) {
            steps.add(step);
          }

          @Override
          public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
            scores.add(metrics);
          }
        };
    try (TunedModel tuned =
        prompt().listener(listener).stopWhen(() -> steps.size() == 5).train(REVIEWS)) {
      assertThat(steps).containsExactly(1L, 2L, 3L, 4L, 5L);
      assertThat(scores).hasSize(1);
      assertThat(tuned.predict("w7").scores()).hasSize(2);
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() {
    for (String method : List.of("prompt", "idpg")) {
      try (TunedModel tuned =
          tuner().set("train.epochs", 1).method(method, small(method)).train(REVIEWS)) {
        Map<String, TextPrediction> alone =
            TEXTS.stream().distinct().collect(Collectors.toMap(t -> t, tuned::predict));
        List<TextPrediction> together =
            Stream.of(TEXTS, TEXTS, TEXTS)
                .flatMap(List::stream)
                .parallel()
                .map(tuned::predict)
                .toList();
        for (int i = 0; i < together.size(); i++) {
          assertThat(together.get(i)).isEqualTo(alone.get(TEXTS.get(i % TEXTS.size())));
        }
      }
    }
  }

  @Test
  void whatIsWrongIsSaidByName() {
    refused(() -> Tuner.on(folder.resolve("none")).method("lora", Map.of()).train(REVIEWS))
        .contains("Tuner.on: backbone.directory", "no such folder");
    refused(() -> tuner().train(REVIEWS)).contains("method: missing");
    refused(() -> tuner().method("lorra", Map.of()).train(REVIEWS)).contains("did you mean 'lora'");
    refused(() -> tuner().method("lora", Map.of("rnk", 1)).train(REVIEWS))
        .contains("Tuner.method: method.rnk", "did you mean 'rank'");
    refused(() -> tuner().method("lora", Map.of("type", "ia3"))).contains("method.type");
    refused(() -> tuner().set("train.lr", new Object())).contains("train.lr", "java.lang.Object");
    refused(() -> prompt().set("seeds", List.of(1, 2)).train(REVIEWS))
        .contains("seeds", "one seed");
    refused(() -> prompt().set("train.groups.hed.lr", 1).train(REVIEWS)).contains("did you mean");
    refused(() -> prompt().set("data.maximum_length", 4000).train(REVIEWS))
        .contains("data.maximum_length", "4000");
    refused(() -> prompt().set("checkpoint.seconds", 5).train(REVIEWS))
        .contains("checkpoint.seconds has no effect");
    refused(() -> prompt().set("data.few_shot.per_class", 50).train(REVIEWS))
        .contains("data.few_shot.per_class", "50");
    refused(() -> LabelledTexts.of(TEXTS, List.of("good"))).contains("1 gold values for 40 texts");
    refused(() -> LabelledTexts.ofPairs(TEXTS, List.of("w7"), LABELS)).contains("second texts");
    refused(() -> LabelledTexts.of(List.of(), List.of())).contains("no text");
    refused(() -> prompt().train(LabelledTexts.of(List.of("w7"), List.of("good")))).contains("two");
    LabelledTexts beyond =
        LabelledTexts.scored(List.of("w7", "w8"), List.of(1.0, 9.0), new Range(0, 5));
    refused(() -> prompt().train(beyond, beyond)).contains("text 2", "9.0", "from 0.0 to 5.0");
  }

  @Test
  void aPartOfTheExamplesIsDrawn() {
    List<Long> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(long step, long total, Trainer.Step done, double lr) {
            steps.add(total);
          }
        };
    prompt().set("data.few_shot.per_class", 2).listener(listener).train(REVIEWS, REVIEWS).close();
    assertThat(steps).containsOnly(6L).hasSize(6);
  }

  @Test
  void aClassThatOnlyTheHeldOutTextsHaveIsAClass() {
    List<String> rare = new ArrayList<>(LABELS);
    for (int i = 0; i < rare.size(); i++) {
      rare.set(i, "class " + i);
    }
    try (TunedModel tuned = prompt().set("train.epochs", 1).train(LabelledTexts.of(TEXTS, rare))) {
      assertThat(tuned.classes()).containsExactlyElementsOf(rare);
      assertThat(tuned.warnings()).anyMatch(warning -> warning.contains("can't be learnt"));
    }
  }

  @Test
  void aDevSetOfOtherClassesIsRefused() {
    LabelledTexts other = LabelledTexts.of(List.of("w7"), List.of("fine"));
    refused(() -> prompt().train(REVIEWS, other)).contains("dev text 1", "'fine'", "good, bad");
  }

  @Test
  void whatIsNoAdapterIsNotLoaded() throws IOException {
    Path saved = folder.resolve("reviews");
    try (TunedModel tuned = prompt().train(REVIEWS)) {
      tuned.save(saved);
    }
    refused(() -> TunedModel.load(folder)).contains("no adapter", "experiment.yaml");
    refused(() -> TunedModel.load(saved, Map.of("task.metrics", List.of("f1"))))
        .contains("task.metrics has no effect");
    refused(() -> TunedModel.load(saved, Map.of("head.pooling", "cls")))
        .contains("other settings", "head.pooling");
    Path moved = folder.resolve("moved");
    Files.move(backbone, moved);
    refused(() -> TunedModel.load(saved)).contains("backbone.directory");
    try (TunedModel loaded = TunedModel.load(saved, Map.of("backbone.directory", moved))) {
      assertThat(loaded.predict("w7").scores()).hasSize(2);
    }
    Path values = saved.resolve("adapter_model.safetensors");
    byte[] whole = Files.readAllBytes(values);
    Files.write(values, new byte[] {1, 2});
    refused(() -> TunedModel.load(saved, Map.of("backbone.directory", moved)))
        .contains("adapter_model.safetensors");
    Files.write(values, whole);
    TinyFolder other = new TinyFolder(moved, "bert");
    other.config.put("layer_norm_eps", 1e-6);
    other.write();
    refused(() -> TunedModel.load(saved, Map.of("backbone.directory", moved))).contains("sha256");
  }

  private static AbstractStringAssert<?> refused(ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(UserError.class).message();
  }

  @Test
  void theDefaultsOfAllRecordsAreRead() {
    assertThat(MethodSettings.defaults(AdapterConfig.class).reductionFactor()).isEqualTo(16);
    assertThat(MethodSettings.defaults(LoraConfig.class).withDora(true).dora()).isTrue();
  }
}
