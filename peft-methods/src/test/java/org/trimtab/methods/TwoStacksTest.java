package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Invalid;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.methods.bitfit.BitFitConfig;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.layernorm.LayerNormConfig;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.ShapeBackbone;
import org.trimtab.testing.Shapes;

/** An encoder beside a decoder that is deeper, narrower inside and lacks some points. */
class TwoStacksTest {
  private static final Set<Point> ALL = EnumSet.allOf(Point.class);

  /** What the decoder has none of. */
  private static final Set<Point> LACKING =
      EnumSet.of(Point.EMBEDDING_NORM, Point.ATTENTION_NORM, Point.FFN_INNER, Point.POOLER);

  private static final BackboneSpec SPEC =
      Shapes.of(
          "two",
          50,
          new StackSpec(Stack.ENCODER, 2, 4, 16, 32, Shapes.UNPOOLED, false),
          new StackSpec(Stack.DECODER, 3, 4, 16, 24, ofDecoder(), true));

  private static Set<Point> ofDecoder() {
    Set<Point> points = EnumSet.copyOf(BertConfig.POINTS);
    points.removeAll(LACKING);
    return points;
  }

  private final MethodRegistry registry = Methods.registry();
  private final ShapeBackbone backbone = new ShapeBackbone(SPEC, DjlTensors.open(Precision.FP32));

  @AfterEach
  void close() {
    backbone.close();
  }

  private PeftModule module(MethodConfig config) {
    Init init = new Init(backbone.tensors(), new RandomStreams(1).stream("test"));
    return registry.create(config, new Setup(backbone, init, Vocabulary.NONE, registry));
  }

  private List<String> names(MethodConfig config) {
    return module(config).params().all().stream().map(Param::name).toList();
  }

  @TestFactory
  Stream<DynamicTest> everyMethodAttachesOnlyToWhatIsThere() {
    return new ContractTest()
        .methods().entrySet().stream()
            .map(
                method ->
                    DynamicTest.dynamicTest(
                        method.getKey(), () -> attaches(method.getKey(), method.getValue())));
  }

  private void attaches(String name, MethodConfig config) {
    if (name.matches("(unipelt|sum of two).*") && !name.matches(".*(FIXED|NONE)")) {
      assertThatThrownBy(() -> module(config))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("a gate over a sequence");
      return;
    }
    PeftModule module = module(config);
    assertThat(SPEC.sites(ALL)).containsAll(module.sites());
    requireFewVisits(module, name.matches(".*(late|before layer|before two).*"));
    assertThat(module.params().all().isEmpty()).isEqualTo(name.equals("head-only"));
  }

  /** Its sites, and the embedding for a prompt, or a layer's input for a late one. */
  private static void requireFewVisits(PeftModule module, boolean late) {
    Contribution contribution = module.contribute(new Forward(Dropout.OFF));
    List<Site> visited = SPEC.sites(ALL).stream().filter(contribution::visits).toList();
    assertThat(visited).containsAll(module.sites());
    boolean prompts = module.footprint(Stack.ENCODER).promptRows() > 0;
    Set<Site> embedding = prompts ? Set.of(new Site(Stack.ENCODER, 0, Point.EMBEDDING)) : Set.of();
    List<Site> joins = visited.stream().filter(site -> !module.sites().contains(site)).toList();
    if (late) {
      assertThat(joins)
          .isNotEmpty()
          .allMatch(site -> site.stack() == Stack.ENCODER)
          .allMatch(s -> s.point() == Point.LAYER_INPUT || s.point() == Point.EMBEDDING);
    } else {
      assertThat(joins)
          .containsExactlyInAnyOrderElementsOf(
              embedding.stream().filter(site -> !module.sites().contains(site)).toList());
    }
    assertThat(module.footprint(Stack.DECODER).promptRows()).isZero();
  }

  @Test
  void thePointsOfAStackAreItsOwn() {
    assertThat(SPEC.sites(ALL))
        .filteredOn(site -> site.stack() == Stack.ENCODER)
        .hasSize(2 + 2 * 13);
    assertThat(SPEC.sites(ALL))
        .filteredOn(site -> site.stack() == Stack.DECODER)
        .hasSize(1 + 3 * 11);
    assertThat(SPEC.sites(LACKING)).extracting(Site::stack).containsOnly(Stack.ENCODER);
    assertThat(SPEC.sites(ALL)).allMatch(SPEC::has);
  }

  @Test
  void aMethodOfNormsOrScalesLeavesOutTheStackThatHasNone() {
    assertThat(names(new LayerNormConfig(List.of("attention-norm")))).hasSize(2 * 2);
    assertThat(names(new LayerNormConfig(List.of("ffn-norm")))).hasSize(2 * (2 + 3));
    assertThat(module(new Ia3Config(List.of(Point.FFN_INNER))).sites())
        .containsExactly(
            new Site(Stack.ENCODER, 0, Point.FFN_INNER),
            new Site(Stack.ENCODER, 1, Point.FFN_INNER));
    assertThatThrownBy(() -> module(Loras.of(2, 4, "pooler").config()))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("no site of this backbone is called so");
  }

  @Test
  void theParametersOfTwoStacksHaveDifferentNames() {
    assertThat(names(Loras.of(2, 4, "query").layers(0).config()))
        .containsExactly(
            "encoder.layer.0.attention.self.query.lora_A.weight",
            "encoder.layer.0.attention.self.query.lora_B.weight",
            "decoder.encoder.layer.0.attention.self.query.lora_A.weight",
            "decoder.encoder.layer.0.attention.self.query.lora_B.weight");
    assertThat(names(new BitFitConfig(List.of())))
        .doesNotHaveDuplicates()
        .hasSize(1 + 2 * 8 + 3 * 7);
    assertThat(SPEC.sites(ALL)).extracting(backbone::path).doesNotHaveDuplicates();
  }

  @Test
  void widthsAreThoseOfTheSitesStack() {
    assertThat(SPEC.outputWidth(new Site(Stack.ENCODER, 0, Point.FFN_UP))).isEqualTo(32);
    assertThat(SPEC.outputWidth(new Site(Stack.DECODER, 2, Point.FFN_UP))).isEqualTo(24);
    assertThat(SPEC.inputWidth(new Site(Stack.DECODER, 2, Point.FFN_DOWN))).isEqualTo(24);
  }

  @Test
  void aSiteThatIsNotThereCannotBeNamed() {
    Site norm = new Site(Stack.DECODER, 0, Point.ATTENTION_NORM);
    for (Site missing :
        List.of(
            norm,
            new Site(Stack.ENCODER, 2, Point.QUERY),
            new Site(Stack.ENCODER, 1, Point.EMBEDDING),
            new Site(Stack.DECODER, 0, Point.POOLER))) {
      assertThat(SPEC.has(missing)).isFalse();
      refused(() -> backbone.path(missing), "has no site");
      refused(() -> backbone.linear(missing), "has no site");
      refused(() -> SPEC.inputWidth(missing), "has no site");
      refused(() -> SPEC.outputWidth(missing), "has no site");
    }
    refused(() -> backbone.norm(norm), "has no site");
    refused(
        () -> backbone.linear(new Site(Stack.ENCODER, 0, Point.FFN_NORM)), "is NORM, not LINEAR");
    refused(() -> backbone.norm(new Site(Stack.ENCODER, 0, Point.QUERY)), "is LINEAR, not NORM");
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
