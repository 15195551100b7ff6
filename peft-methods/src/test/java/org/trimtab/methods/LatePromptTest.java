package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.FrozenNorm;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.idpg.EmbeddingMean;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.idpg.StateMean;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;

/** Prompts that join what enters a layer (Late Prompt Tuning). */
class LatePromptTest {
  private static final int LENGTH = 3;

  private static SoftPrompt prompt(Tiny tiny, Placement placement) {
    return new SoftPrompt(placement, LENGTH, tiny.init(4).uniform(0.5, LENGTH, 16));
  }

  private static Contribution contribution(Tiny tiny, Placement placement) {
    return prompt(tiny, placement).contribute(new Forward(Dropout.OFF));
  }

  /** The states that enter {@code layer} without anything added. */
  private static Tensor entering(Tiny tiny, Input input, int layer) {
    List<Tensor> seen = new ArrayList<>();
    Contribution watch =
        new Contribution() {
          @Override
          public Optional<Tensor> delta(At at, Tensor out) {
            if (at.site().equals(new Site(Stack.ENCODER, layer, Point.LAYER_INPUT))) {
              seen.add(at.in());
            }
            return Optional.empty();
          }
        };
    tiny.backbone().forward(input, watch, Dropout.OFF);
    return seen.get(0);
  }

  private static Tensor linear(Backbone backbone, int layer, Point point, Tensor x) {
    FrozenLinear linear = backbone.linear(new Site(Stack.ENCODER, layer, point));
    return x.linear(linear.weight(), linear.bias().orElseThrow());
  }

  private static Tensor norm(Backbone backbone, int layer, Point point, Tensor x) {
    FrozenNorm norm = backbone.norm(new Site(Stack.ENCODER, layer, point));
    return norm.kind().of(x, norm.gain(), norm.bias());
  }

  /** A post-norm layer over (B, S, H), {@code mask} (B, S). */
  private static Tensor layer(Backbone backbone, int layer, Tensor x, Tensor mask) {
    Tensor query = linear(backbone, layer, Point.QUERY, x).splitHeads(4);
    Tensor key = linear(backbone, layer, Point.KEY, x).splitHeads(4);
    Tensor value = linear(backbone, layer, Point.VALUE, x).splitHeads(4);
    Tensor scores = query.matmul(key.t()).mul(0.5).add(mask.maskBias()); // d = 4
    Tensor context = scores.softmax().matmul(value).mergeHeads();
    Tensor attention = linear(backbone, layer, Point.ATTENTION_OUT, context);
    Tensor h = norm(backbone, layer, Point.ATTENTION_NORM, x.add(attention));
    Tensor inner = linear(backbone, layer, Point.FFN_UP, h).gelu();
    Tensor out = linear(backbone, layer, Point.FFN_DOWN, inner);
    return norm(backbone, layer, Point.FFN_NORM, h.add(out));
  }

  @ParameterizedTest
  @CsvSource({"bert,0,FIRST", "bert,1,AFTER_CLS", "roberta,1,FIRST", "roberta,0,AFTER_CLS"})
  void theLayersFromThereOnSeeTheRowsBesideTheStates(String family, int layer, Place place) {
    try (Tiny tiny = Tiny.of(family)) {
      Backbone backbone = tiny.backbone();
      Input input = Tiny.batch().input(backbone);
      Tensor x = entering(tiny, input, layer);
      Tensor rows = tiny.init(4).uniform(0.5, LENGTH, 16).batched(x);
      Tensor ones = input.mask().onesBeside(LENGTH);
      Tensor mask = ones.view(0, 0, 1).followedBy(input.mask().view(0, 0, 1)).view(0, -1);
      Tensor h =
          place == Place.FIRST
              ? rows.followedBy(x)
              : x.rows(0, 1).followedBy(rows).followedBy(x.rowsFrom(1));
      for (int above = layer; above < 2; above++) {
        h = layer(backbone, above, h, mask); // the first rows are none of padding
      }
      Hidden hidden =
          backbone.forward(input, contribution(tiny, Placement.before(layer, place)), Dropout.OFF);
      assertThat(tiny.tensors().doubles(hidden.states()))
          .containsExactly(tiny.tensors().doubles(h), within(1e-10));
      long cls = place == Place.FIRST ? LENGTH : 0;
      assertThat(tiny.tensors().doubles(hidden.rows().cls(hidden.states())))
          .containsExactly(tiny.tensors().doubles(h.rows(cls, cls + 1)), within(1e-10));
    }
  }

  /** Without dropout the lowest layer's input is the embedding's norm. */
  @Test
  void beforeTheLowestLayerIsAfterTheEmbeddingsNorm() {
    try (Tiny tiny = Tiny.of("bert")) {
      for (Place place : Place.values()) {
        Model<Integer> late = tiny.model(prompt(tiny, Placement.before(0, place)));
        Model<Integer> after =
            tiny.model(prompt(tiny, new Placement(Point.EMBEDDING_NORM, place, false)));
        assertThat(tiny.scores(late, Tiny.batch()))
            .containsExactly(tiny.scores(after, Tiny.batch()));
      }
    }
  }

  @Test
  void noPromptIsTheBackboneBelowAndAnotherOneAbove() {
    try (Tiny tiny = Tiny.of("bert")) {
      Input input = Tiny.batch().input(tiny.backbone());
      Contribution late = contribution(tiny, Placement.before(1, Place.AFTER_CLS));
      assertThat(late.visits(new Site(Stack.ENCODER, 0, Point.EMBEDDING))).isFalse();
      assertThat(late.visits(new Site(Stack.ENCODER, 0, Point.LAYER_INPUT))).isFalse();
      assertThat(late.visits(new Site(Stack.ENCODER, 1, Point.LAYER_INPUT))).isTrue();
      Hidden plain = tiny.backbone().forward(input, Contribution.NONE, Dropout.OFF);
      Hidden prompted = tiny.backbone().forward(input, late, Dropout.OFF);
      assertThat(tiny.tensors().shape(prompted.states())[1])
          .isEqualTo(tiny.tensors().shape(plain.states())[1] + LENGTH);
    }
  }

  /** A row that is given elsewhere than it joins would be lost. */
  @ParameterizedTest
  @CsvSource({"EMBEDDING,LAYER_INPUT", "LAYER_INPUT,EMBEDDING", "EMBEDDING_NORM,LAYER_INPUT"})
  void rowsAreGivenWhereTheyJoin(Point joins, Point given) {
    try (Tiny tiny = Tiny.of("bert")) {
      Contribution wrong =
          new Contribution() {
            @Override
            public List<Prompt> prompts(At at) {
              return at.site().point() == given
                  ? List.of(new Prompt(joins, Place.FIRST, false, 1, at.in().rows(0, 1)))
                  : List.of();
            }
          };
      Input input = Tiny.batch().input(tiny.backbone());
      assertThatThrownBy(() -> tiny.backbone().forward(input, wrong, Dropout.OFF))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows that join at " + joins + " were given at");
    }
  }

  private static PromptConfig config(boolean shift, boolean afterNorm, int layer) {
    return new PromptConfig(
        LENGTH, Place.FIRST, shift, afterNorm, Optional.of(layer), new UniformInit(0.5));
  }

  private static void refused(Runnable made, String key, String message) {
    assertThatThrownBy(made::run)
        .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.key()).isEqualTo(key))
        .hasMessageContaining(message);
  }

  @Test
  void whatCannotGoWithALayerIsRefused() {
    refused(() -> config(true, false, 1), "shiftPositions", "moves no positions; allowed false");
    refused(() -> config(false, true, 1), "afterNorm", "allowed false");
    refused(() -> config(false, false, -1), "layer", "found -1; allowed 0 or a number above it");
    try (Tiny tiny = Tiny.of("bert")) {
      var methods = Methods.registry();
      refused(
          () -> methods.create(config(false, false, 2), tiny.setup(1)),
          "layer",
          "found 2; allowed 0 to 1");
      refused(
          () -> methods.create(IdpgConfigs.late(1, true, new StateMean()), tiny.setup(1)),
          "deep",
          "no layer follows");
      refused(
          () -> methods.create(IdpgConfigs.late(1, false, new EmbeddingMean()), tiny.setup(1)),
          "encoder",
          "meets no embeddings; allowed first-pass");
      var early =
          IdpgConfigs.of(
              false, org.trimtab.methods.idpg.Sharing.ALL, new StateMean(), IdpgConfigs.dnn());
      refused(() -> methods.create(early, tiny.setup(1)), "encoder", "meets no states; allowed");
    }
  }

  /** The generator of Late Prompt Tuning reads [CLS] as it enters the layer: W2 act(W1 z) + b. */
  @Test
  void aGeneratedPromptReadsTheStatesOfItsLayer() {
    try (Tiny tiny = Tiny.of("bert")) {
      for (var encoder : List.of(new PreviousLayer(), new StateMean())) {
        Model<Integer> model =
            tiny.model(
                Methods.registry().create(IdpgConfigs.late(1, false, encoder), tiny.setup(1)));
        tiny.randomize(model);
        Input input = Tiny.batch().input(tiny.backbone());
        Tensor x = entering(tiny, input, 1);
        Tensor z = encoder instanceof StateMean ? x.meanRows(input.mask()) : x.rows(0, 1);
        List<double[]> asked = new ArrayList<>();
        Contribution own = model.module().contribute(new Forward(Dropout.OFF));
        Contribution watch =
            new Contribution() {
              @Override
              public List<Prompt> prompts(At at) {
                List<Prompt> rows = own.prompts(at);
                rows.forEach(row -> asked.add(tiny.tensors().doubles(row.rows())));
                return rows;
              }
            };
        tiny.backbone().forward(input, watch, Dropout.OFF);
        Tensor inner =
            z.linear(param(model, "generator.down.weight"), param(model, "generator.down.bias"));
        Tensor rows =
            org.trimtab.method.layer.Activation.TANH
                .of(inner)
                .linear(param(model, "generator.up.weight"), tiny.tensors().zeros(2 * 16))
                .view(0, 2, -1)
                .add(param(model, "prompt_embeddings.0"));
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).containsExactly(tiny.tensors().doubles(rows), within(1e-10));
      }
    }
  }

  private static Tensor param(Model<Integer> model, String name) {
    return model.params().all().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
