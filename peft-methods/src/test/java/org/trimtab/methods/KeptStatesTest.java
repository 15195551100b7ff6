package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.States;
import org.trimtab.batch.Batch;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.model.KeptStates;
import org.trimtab.model.Model;
import org.trimtab.model.StateStore;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.testing.MethodContract;
import org.trimtab.testing.Tiny;
import org.trimtab.transformer.options.BackboneOptions;

/** States that enter the lowest layer that a method touches are computed once a text. */
class KeptStatesTest {
  private static final KeptStates.Bound ALL = new KeptStates.Bound(1 << 20, true);
  private static final KeptStates.Bound NONE_IN_MEMORY = new KeptStates.Bound(0, false);

  /** A store that a test can look into. */
  private static final class Memory implements StateStore {
    private final Map<String, byte[]> values = new LinkedHashMap<>();

    @Override
    public Optional<byte[]> find(String key) {
      return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, byte[] put) {
      values.put(key, put.clone());
    }

    @Override
    public void close() {}
  }

  private static KeptStates kept(Tiny tiny, StateStore store, KeptStates.Bound bound) {
    return new KeptStates(() -> "tiny", tiny.backbone(), store, bound);
  }

  private static Model<Integer> model(Tiny tiny, MethodConfig config) {
    Setup setup = new Setup(tiny.backbone(), tiny.init(1), Vocabulary.NONE, Methods.registry());
    return tiny.model(Methods.registry().create(config, setup));
  }

  /** Methods that leave the lowest layer alone, and the layer from which they don't. */
  private static Map<MethodConfig, Integer> upper() {
    Map<MethodConfig, Integer> upper = new LinkedHashMap<>();
    upper.put(new HeadOnlyConfig(), 2);
    upper.put(ContractTest.late(1, Place.FIRST), 1);
    upper.put(IdpgConfigs.late(1, false, new PreviousLayer()), 1);
    upper.put(Loras.of(2, 4, "query").layers(1).config(), 1);
    return upper;
  }

  private static OptionalInt lowest(Tiny tiny, MethodConfig config) {
    return States.lowest(
        tiny.backbone().spec(), model(tiny, config).module().contribute(new Forward(Dropout.OFF)));
  }

  @Test
  void theLowestLayerIsThatWhichAMethodVisits() {
    try (Tiny tiny = Tiny.of("bert")) {
      upper().forEach((config, layer) -> assertThat(lowest(tiny, config)).hasValue(layer));
      assertThat(lowest(tiny, ContractTest.late(0, Place.FIRST))).hasValue(0);
      assertThat(lowest(tiny, ContractTest.prefix(PrefixReparameterization.NONE, false)))
          .hasValue(0);
      List<MethodConfig> none =
          List.of(
              new PromptConfig(2, Place.FIRST, true, false, Optional.empty(), new UniformInit(0.5)),
              ContractTest.prefix(PrefixReparameterization.NONE, true), // moves positions
              ContractTest.gates(
                  Gating.PER_MODULE,
                  GateInput.MODULE,
                  Reduction.UNMASKED_MEAN,
                  PrefixGate.SCALE_KV));
      none.forEach(config -> assertThat(lowest(tiny, config)).isEmpty());
    }
  }

  @Test
  void aPassFromStatesIsThatFromTheEmbedding() {
    for (String family : List.of("bert", "roberta")) {
      try (Tiny tiny = Tiny.of(family)) {
        upper()
            .forEach(
                (config, layer) -> {
                  Model<Integer> whole = model(tiny, config);
                  tiny.randomize(whole);
                  Model<Integer> from = whole.with(kept(tiny, StateStore.NONE, ALL));
                  for (Batch batch : List.of(Tiny.batch(), Tiny.batch(12), Tiny.single(2))) {
                    assertThat(tiny.scores(from, batch))
                        .containsExactly(tiny.scores(whole, batch), within(1e-10));
                  }
                });
      }
    }
  }

  private static Map<String, HostTensor> trained(
      Tiny tiny, MethodConfig config, KeptStates states, int steps) {
    Model<Integer> model = model(tiny, config).with(states);
    MethodContract.train(model, steps);
    return model.params().snapshot(tiny.tensors());
  }

  @Test
  void coldWarmEvictedAndFoundStatesTrainTheSameBytes() {
    for (Precision precision : List.of(Precision.FP32, Precision.FP64)) {
      try (Tiny tiny = Tiny.of("bert", BackboneOptions.FROZEN, precision)) {
        upper()
            .forEach(
                (config, layer) -> {
                  Memory store = new Memory();
                  KeptStates cold = kept(tiny, store, ALL);
                  Map<String, HostTensor> expected = trained(tiny, config, cold, 3);
                  assertThat(cold.computed()).isEqualTo(4);
                  assertThat(store.values).hasSize(4);
                  KeptStates found = kept(tiny, store, ALL);
                  KeptStates evicted = kept(tiny, StateStore.NONE, NONE_IN_MEMORY);
                  for (KeptStates states : List.of(cold, found, evicted)) {
                    assertThat(trained(tiny, config, states, 3))
                        .usingRecursiveComparison()
                        .isEqualTo(expected);
                  }
                  assertThat(found.computed()).isZero();
                  assertThat(evicted.computed()).isEqualTo(3 * 4);
                });
      }
    }
  }

  /** What each pass shows of the layers that it runs. */
  private static Contribution probe(List<Integer> layers) {
    return new Contribution() {
      @Override
      public boolean visits(Site site) {
        return false; // looks without being allowed to: the states are still those below
      }

      @Override
      public Optional<org.trimtab.tensor.Tensor> delta(At at, org.trimtab.tensor.Tensor out) {
        if (at.site().point() == Point.QUERY) {
          layers.add(at.site().layer());
        }
        return Optional.empty();
      }
    };
  }

  @Test
  void whatIsBelowRunsOnceAText() {
    try (Tiny tiny = Tiny.of("bert")) {
      upper()
          .forEach(
              (config, layer) -> {
                KeptStates states = kept(tiny, StateStore.NONE, ALL);
                Model<Integer> model = model(tiny, config).with(states);
                for (int epoch = 0; epoch < 3; epoch++) {
                  List<Integer> layers = new ArrayList<>();
                  model.hidden(Tiny.batch(), Dropout.OFF, Trace.NONE, probe(layers));
                  assertThat(layers).isEqualTo(List.of(0, 1).subList(layer, 2));
                }
                assertThat(states.computed()).isEqualTo(4);
              });
    }
  }

  /** A recipe that adds to a lower layer, as perturbations of embeddings do, starts there. */
  @Test
  void whatARecipeAddsBelowIsMet() {
    try (Tiny tiny = Tiny.of("bert")) {
      KeptStates states = kept(tiny, StateStore.NONE, ALL);
      Model<Integer> whole = model(tiny, new HeadOnlyConfig());
      Model<Integer> from = whole.with(states);
      Contribution low =
          Methods.registry()
              .create(Loras.of(2, 4, "query").layers(0).config(), tiny.setup(9))
              .contribute(new Forward(Dropout.OFF));
      double[] met =
          tiny.tensors().doubles(from.hidden(Tiny.batch(), Dropout.OFF, Trace.NONE, low).states());
      double[] expected =
          tiny.tensors().doubles(whole.hidden(Tiny.batch(), Dropout.OFF, Trace.NONE, low).states());
      assertThat(met).containsExactly(expected);
      assertThat(states.computed()).isZero();
    }
  }

  @Test
  void whatDoesNotFitIsNotKept() {
    try (Tiny tiny = Tiny.of("bert")) {
      long bytes = 21 * 16 * Double.BYTES; // 21 tokens
      KeptStates tight = kept(tiny, StateStore.NONE, new KeptStates.Bound(bytes, true));
      Model<Integer> model = model(tiny, new HeadOnlyConfig()).with(tight);
      assertThat(tight.begin(21)).hasValue("states are kept: up to 0.0 MiB");
      tiny.scores(model, Tiny.batch());
      assertThat(tight.computed()).isEqualTo(4);
      assertThat(tight.begin(22))
          .hasValueSatisfying(
              note -> assertThat(note).startsWith("states are not kept: they would take"));
      tiny.scores(model, Tiny.single(0));
      assertThat(tight.computed()).isEqualTo(4);
      KeptStates spills = kept(tiny, StateStore.NONE, new KeptStates.Bound(1, false));
      assertThat(spills.begin(22))
          .hasValueSatisfying(note -> assertThat(note).startsWith("states are kept"));
    }
  }

  @Test
  void foldedAModelStartsAtTheEmbedding() {
    try (Tiny tiny = Tiny.of("bert")) {
      KeptStates states = kept(tiny, StateStore.NONE, ALL);
      Model<Integer> whole = model(tiny, new HeadOnlyConfig());
      assertThat(tiny.scores(whole.with(states).fold(), Tiny.batch()))
          .containsExactly(tiny.scores(whole, Tiny.batch()));
      assertThat(states.computed()).isZero();
    }
  }

  @Test
  void aPassMayNotAddBelowItsStart() {
    try (Tiny tiny = Tiny.of("bert")) {
      Input input = Tiny.batch().input(tiny.backbone());
      Hidden frozen = tiny.backbone().forward(input, Contribution.NONE, Dropout.OFF);
      Input from = input.from(new States(2, frozen.states()));
      Contribution late =
          model(tiny, ContractTest.late(1, Place.FIRST))
              .module()
              .contribute(new Forward(Dropout.OFF));
      assertThatThrownBy(() -> tiny.backbone().forward(from, late, Dropout.OFF))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("starts at layer 2 adds to what lies below it");
    }
  }
}
