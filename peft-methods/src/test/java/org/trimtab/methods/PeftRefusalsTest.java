package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.base.Invalid;
import org.trimtab.head.Classification;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.ScoredHead;
import org.trimtab.head.ScoredHeadConfig;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.bitfit.BitFitConfig;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.lora.NormGradient;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.model.Model;
import org.trimtab.peft.file.PeftWriter;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.testing.Tiny;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** What Hugging Face PEFT can't hold, refused before anything is written. */
class PeftRefusalsTest {
  private static final MethodRegistry METHODS = MethodRegistry.installed();

  @TempDir Path folder = Path.of("");

  private static final MethodConfig LORA =
      new LoraConfig(
          2,
          2,
          List.of("query"),
          Optional.empty(),
          List.of(),
          Map.of(),
          Map.of(),
          false,
          0,
          Biases.NONE,
          false,
          NormGradient.DETACHED);

  private static MethodConfig prompt(Place place, boolean shift) {
    return new PromptConfig(2, place, shift, false, Optional.empty(), new UniformInit(0.5));
  }

  private static MethodConfig prefix(boolean shift, List<Integer> layers) {
    return new PrefixConfig(
        2,
        PrefixReparameterization.NONE,
        4,
        0,
        shift,
        layers,
        PrefixInit.NORMAL,
        Optional.empty(),
        0.02);
  }

  private void notWritten(
      String family, MethodConfig method, ScoredHeadConfig head, String key, String... parts) {
    notWritten(
        family,
        new BackboneOptions(Tuning.FROZEN, PoolerMode.FROZEN, DropoutRates.NONE),
        method,
        head,
        key,
        parts);
  }

  private void notWritten(
      String family,
      BackboneOptions options,
      MethodConfig method,
      ScoredHeadConfig head,
      String key,
      String... parts) {
    Path out = folder.resolve("out");
    try (Tiny tiny = Tiny.of(family, options, Precision.FP32)) {
      Init init = tiny.init(1);
      Setup setup = new Setup(tiny.backbone(), init, Vocabulary.NONE, METHODS);
      Model<Integer> model =
          new Model<>(
              tiny.backbone(),
              METHODS.createFolded(method, setup),
              new ScoredHead<>(
                  head.create(tiny.backbone().spec().hidden(), 2, init),
                  new Classification(2),
                  tiny.tensors()));
      assertThatThrownBy(() -> new PeftWriter(METHODS).write(out, model, method, head))
          .isInstanceOfSatisfying(Invalid.class, e -> assertThat(e.key()).isEqualTo(key))
          .message()
          .contains(parts);
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void whatPeftCanNotHoldIsRefused() {
    ScoredHeadConfig linear = new LinearHeadConfig(Pooling.POOLER_FIRST, 0, 0.02);
    notWritten("bert", prompt(Place.AFTER_CLS, true), linear, "method.place", "allowed first");
    notWritten("bert", prompt(Place.FIRST, false), linear, "method.shiftPositions", "allowed true");
    notWritten("bert", prefix(false, List.of()), linear, "method.shiftPositions", "allowed true");
    notWritten("bert", prefix(true, List.of(1)), linear, "method.layers", "found [1]; allowed []");
    notWritten(
        "bert",
        new BitFitConfig(List.of()),
        linear,
        "method.type",
        "PEFT has no form of it; found bitfit; allowed prompt, residual-prompt, p-tuning, prefix,"
            + " lora, ia3, layer-norm");
    notWritten(
        "bert",
        new Ia3Config(List.of(Point.ATTENTION_INNER, Point.ATTENTION_OUT)),
        linear,
        "method.scaled",
        "found both; allowed one");
    notWritten(
        "bert",
        new BackboneOptions(Tuning.FULL, PoolerMode.FROZEN, DropoutRates.NONE),
        LORA,
        linear,
        "backbone.tuning",
        "allowed frozen");
  }

  @Test
  void aHeadThatTheModelsClassHasNotIsRefused() {
    MethodConfig prompt = prompt(Place.FIRST, true);
    notWritten(
        "bert",
        LORA,
        new LinearHeadConfig(Pooling.MEAN, 0, 0.02),
        "head",
        "for a bert, which reads the pooler of row 0; allowed head: {type: linear, pooling: pooler}"
            + " over backbone: {pooler: frozen}, of a model that has a pooler");
    notWritten(
        "bert",
        prompt,
        new LinearHeadConfig(Pooling.POOLER, 0, 0.02),
        "head",
        "row 0, the first virtual token; allowed head: {type: linear, pooling: pooler-first}");
    notWritten(
        "bert",
        LORA,
        new DenseHeadConfig(Pooling.POOLER, 0, 0.02),
        "head",
        "allowed head: {type: linear, pooling: pooler}");
    notWritten(
        "roberta",
        LORA,
        new LinearHeadConfig(Pooling.CLS, 0, 0.02),
        "head",
        "for a roberta, which reads row 0; allowed head: {type: dense, pooling: cls}");
    notWritten(
        "roberta",
        prompt,
        new DenseHeadConfig(Pooling.CLS, 0, 0.02),
        "head",
        "allowed head: {type: dense, pooling: first}");
  }
}
