package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Input;
import org.trimtab.batch.Batch;
import org.trimtab.method.FrozenFeature;
import org.trimtab.method.PeftModule;
import org.trimtab.methods.idpg.Idpg;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.idpg.Sharing;
import org.trimtab.model.FeatureStore;
import org.trimtab.model.FrozenFeatures;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.MethodContract;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;

/** What a first pass gives is computed once a text, whatever batch the text is in. */
class FrozenFeaturesTest {
  private static final int HIDDEN = 16;

  /** A store that a test can look into. */
  private static final class Memory implements FeatureStore {
    private final Map<String, double[]> values = new LinkedHashMap<>();

    @Override
    public Optional<double[]> find(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, double[] put) {
      values.put(key, put.clone());
    }

    @Override
    public void close() {}
  }

  private static Model<Integer> model(Tiny tiny, FrozenFeatures features) {
    PeftModule module =
        new Idpg()
            .create(
                IdpgConfigs.of(true, Sharing.LAYER_BIAS, new PreviousLayer(), IdpgConfigs.dnn()),
                tiny.setup(1));
    Model<Integer> plain = tiny.model(module);
    return new Model<>(tiny.backbone(), module, plain.head(), features);
  }

  private static FrozenFeatures features(Tiny tiny, String origin, FeatureStore store, int held) {
    return new FrozenFeatures(() -> origin, tiny.tensors(), store, held);
  }

  @Test
  void trainingComputesEachTextOnceAndKeepsTheBits() {
    try (Tiny tiny = Tiny.of("bert")) {
      Memory store = new Memory();
      FrozenFeatures first = features(tiny, "tiny", store, 1000);
      Model<Integer> cold = model(tiny, first);
      MethodContract.train(cold, 3);
      assertThat(first.computed()).isEqualTo(4);
      assertThat(store.values).hasSize(4);

      FrozenFeatures second = features(tiny, "tiny", store, 1000);
      Model<Integer> warm = model(tiny, second);
      MethodContract.train(warm, 3);
      assertThat(second.computed()).isZero();
      assertThat(warm.params().snapshot(tiny.tensors()))
          .usingRecursiveComparison()
          .isEqualTo(cold.params().snapshot(tiny.tensors()));
    }
  }

  @Test
  void aBatchGetsWhatItsExamplesGetAlone() {
    try (Tiny tiny = Tiny.of("roberta")) {
      Model<Integer> cached = model(tiny, features(tiny, "tiny", FeatureStore.NONE, 1000));
      Model<Integer> computed = tiny.model(cached.module());
      assertThat(tiny.scores(cached, Tiny.batch(12)))
          .containsExactly(tiny.scores(computed, Tiny.batch()), within(1e-10));
    }
  }

  @Test
  void memoryHoldsNoMoreThanItsBound() {
    try (Tiny tiny = Tiny.of("bert")) {
      FrozenFeatures features = features(tiny, "tiny", FeatureStore.NONE, 2 * HIDDEN);
      Model<Integer> model = model(tiny, features);
      tiny.scores(model, Tiny.batch());
      assertThat(features.computed()).isEqualTo(4);
      tiny.scores(model, Tiny.single(3));
      tiny.scores(model, Tiny.single(2));
      assertThat(features.computed()).isEqualTo(4);
      tiny.scores(model, Tiny.single(0));
      assertThat(features.computed()).isEqualTo(5);
    }
  }

  @Test
  void anotherOriginSharesNothing() {
    try (Tiny tiny = Tiny.of("bert")) {
      Memory store = new Memory();
      tiny.scores(model(tiny, features(tiny, "one", store, 0)), Tiny.batch());
      tiny.scores(model(tiny, features(tiny, "two", store, 0)), Tiny.batch());
      assertThat(store.values).hasSize(8);
    }
  }

  /** A key of another form would make every feature that users have stored worthless. */
  @Test
  void aKeyIsTheHashOfOriginNameTextAndTokens() {
    try (Tiny tiny = Tiny.of("bert")) {
      Memory store = new Memory();
      FrozenFeature feature =
          new FrozenFeature() {
            @Override
            public String name() {
              return "mean";
            }

            @Override
            public Tensor of(Input input) {
              return tiny.tensors().of(new double[] {1, 2}, 1, 1, 2);
            }
          };
      Encoding text =
          new Encoding(
              new Texts("Three, four", Optional.empty()),
              new int[] {3, 8, 13},
              new byte[] {0, 1, 1},
              List.of(),
              Encoding.Cut.NOTHING);
      Batch batch = new Batch(List.of(0), List.of(List.of(text)), 4);
      features(tiny, "tiny", store, 0).of(feature, batch);
      assertThat(store.values)
          .containsOnlyKeys("84f1e30978a6d8880866250e59be9f318927ac1f6302dd05eca8348986e5442f");
    }
  }
}
