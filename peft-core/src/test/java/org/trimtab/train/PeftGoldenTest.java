package org.trimtab.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.task.Batch;
import org.trimtab.task.Classification;
import org.trimtab.task.DenseHeadConfig;
import org.trimtab.task.Head;
import org.trimtab.task.HeadConfig;
import org.trimtab.task.LinearHeadConfig;
import org.trimtab.task.Pooling;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.transformer.BackboneOptions;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.DropoutRates;
import org.trimtab.transformer.PoolerMode;
import org.trimtab.transformer.Tuning;
import org.trimtab.weights.HostTensor;

/**
 * Logits, gradients and training of prompt tuning and of full fine-tuning against the reference.
 */
class PeftGoldenTest {
  /** Cases of methods and models that are not there yet. */
  private static final List<String> NOT_YET_COVERED =
      List.of(
          "t5",
          "t5-gated",
          "llama",
          "llama-classifier",
          "prefix",
          "prefix-mlp",
          "p-tuning-mlp",
          "p-tuning-lstm",
          "lora",
          "lora-bias-all",
          "lora-bias-lora-only",
          "lora-ranks",
          "lora-rslora",
          "lora-some-layers",
          "lora-wide",
          "dora",
          "ia3",
          "layer-norm",
          "multitask-prompt");

  @TestFactory
  Stream<DynamicTest> cases() {
    return Golden.cases("peft").stream()
        .filter(path -> !NOT_YET_COVERED.contains(path.getFileName().toString()))
        .flatMap(
            family ->
                Golden.cases("peft/" + family.getFileName()).stream()
                    .filter(path -> !NOT_YET_COVERED.contains(path.getFileName().toString())))
        .map(path -> DynamicTest.dynamicTest(name(path), () -> agrees(path)));
  }

  private static String name(Path path) {
    return path.getName(path.getNameCount() - 2) + "/" + path.getFileName();
  }

  private static void agrees(Path path) {
    String family = path.getName(path.getNameCount() - 2).toString();
    boolean full = path.getFileName().toString().equals("full");
    Path directory = Golden.folder().resolve("backbones").resolve(family);
    Map<String, HostTensor> saved =
        full
            ? Golden.tensors(directory.resolve("model.safetensors"))
            : Golden.tensors(path.resolve("adapter_model.safetensors"));
    boolean roberta = family.equals("roberta");
    BackboneOptions options =
        new BackboneOptions(
            full ? Tuning.FULL : Tuning.FROZEN,
            roberta ? PoolerMode.NONE : PoolerMode.FROZEN,
            DropoutRates.NONE);
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(directory, options, tensors)) {
      Map<String, HostTensor> expected = Golden.tensors(path.resolve("expected.safetensors"));
      int classes = (int) Golden.get(expected, "logits").shape()[1];
      HeadConfig config =
          roberta
              ? new DenseHeadConfig(Pooling.FIRST, 0, 0.02)
              : new LinearHeadConfig(full ? Pooling.POOLER : Pooling.POOLER_FIRST, 0, 0.02);
      Init init = new Init(tensors, new RandomStreams(1).stream("head"));
      Head head = config.create(backbone.spec().hidden(), classes, init);
      head.params().all().forEach(p -> assign(tensors, p, saved));
      PeftModule module = full ? nothing() : prompt(saved, tensors);
      check(path, new Model<>(backbone, module, head, new Classification(classes)), expected);
    }
  }

  private static PeftModule prompt(Map<String, HostTensor> saved, Tensors tensors) {
    HostTensor rows = Golden.get(saved, "prompt_embeddings");
    return new SoftPrompt(
        new Placement(Place.FIRST, true),
        (int) rows.shape()[0],
        tensors.of(rows.floats(), rows.shape()));
  }

  private static PeftModule nothing() {
    return new PeftModule() {
      @Override
      public Params params() {
        return new Params();
      }

      @Override
      public Contribution contribute(Forward forward) {
        return Contribution.NONE;
      }
    };
  }

  private static void assign(Tensors tensors, Param param, Map<String, HostTensor> saved) {
    String name = saved.containsKey(param.name()) ? param.name() : "base_model." + param.name();
    tensors.assign(param.value(), Golden.get(saved, name).doubles());
  }

  private static void check(Path path, Model<Integer> model, Map<String, HostTensor> expected) {
    Map<String, HostTensor> inputs = Golden.tensors(path.resolve("inputs.safetensors"));
    Tensors tensors = model.tensors();
    Input input = Golden.input(inputs, "", tensors);
    List<Integer> gold =
        Arrays.stream(Golden.get(inputs, "labels").longs()).mapToObj(l -> (int) l).toList();
    HostTensor logits = Golden.get(expected, "logits");
    double difference =
        Golden.difference(tensors.doubles(model.scores(input, Dropout.OFF)), logits.doubles());
    assertThat(difference).isLessThan(Golden.tolerance(logits));
    double gradient = gradients(path, model, input, gold);
    System.out.printf(
        "golden %s: logits %.1e, gradients %.1e of the tolerance%n",
        name(path), difference, gradient);
    JsonNode training = Json.read(path.resolve("case.json")).path("training");
    if (training.isObject()) {
      train(path, model, inputs, training);
      HostTensor after = Golden.get(expected, "logits_after_training");
      assertThat(
              Golden.difference(tensors.doubles(model.scores(input, Dropout.OFF)), after.doubles()))
          .isLessThan(1e-4 * Golden.largest(after) + 1e-6);
    }
  }

  /** The largest difference as a share of what is allowed. */
  private static double gradients(
      Path path, Model<Integer> model, Input input, List<Integer> gold) {
    Map<String, HostTensor> expected = new LinkedHashMap<>();
    Golden.tensors(path.resolve("gradients.safetensors"))
        .forEach((name, tensor) -> expected.put(ours(name), tensor));
    Params params = model.params();
    params.all().forEach(p -> DjlTensor.nd(p.value()).setRequiresGradient(true));
    double largest = 0;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector =
          ai.djl.engine.Engine.getInstance().newGradientCollector()) {
        collector.backward(DjlTensor.nd(model.loss(input, gold, Dropout.OFF)));
      }
      for (Param param : params.all()) {
        HostTensor reference = Golden.get(expected, param.name());
        var actual = DjlTensor.nd(param.value()).getGradient();
        double allowed =
            param.name().endsWith("key.bias") ? 1e-6 : 1e-4 * Golden.largest(reference) + 1e-6;
        double difference =
            Golden.difference(model.tensors().doubles(new DjlTensor(actual)), reference.doubles());
        assertThat(difference).as(param.name()).isLessThan(allowed);
        largest = Math.max(largest, difference / allowed);
        actual.subi(actual);
      }
      assertThat(params.all()).hasSameSizeAs(expected.keySet());
    }
    return largest;
  }

  /** PEFT's names as ours. */
  private static String ours(String name) {
    return name.replace("prompt_encoder.default.embedding.weight", "prompt_embeddings")
        .replace("base_model.", "")
        .replace("modules_to_save.default.", "")
        .replaceFirst("^(bert|roberta)\\.", "backbone.");
  }

  private static void train(
      Path path, Model<Integer> model, Map<String, HostTensor> inputs, JsonNode training) {
    List<Integer> gold =
        Arrays.stream(Golden.get(inputs, "labels").longs()).mapToObj(l -> (int) l).toList();
    UpdateRule.Rate rate =
        new UpdateRule.Rate(
            training.path("lr").doubleValue(), training.path("weight_decay").doubleValue());
    Params params = model.params();
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    params.groups().forEach(group -> rates.put(group, rate));
    double worst = 0;
    try (Optimizer optimizer = new Optimizer(params, new AdamW(0.9, 0.999, 1e-8), rates)) {
      Trainer<Integer> trainer = new Trainer<>(model, optimizer, new RandomStreams(1));
      for (int step = 0; step < training.path("steps").intValue(); step++) {
        Trainer.Labelled<Integer> batch = new Trainer.Labelled<>(batch(inputs), gold);
        Trainer.Step done = trainer.step(List.of(batch), 1, training.path("clip").doubleValue());
        double loss = training.path("losses").get(step).doubleValue();
        double norm = training.path("gradient_norms").get(step).doubleValue();
        assertThat(done.loss()).isCloseTo(loss, within(loss));
        assertThat(done.gradientNorm()).isCloseTo(norm, within(norm));
        worst = Math.max(worst, Math.abs(done.loss() - loss));
      }
    }
    System.out.printf("golden %s: losses of training %.1e%n", name(path), worst);
  }

  private static org.assertj.core.data.Offset<Double> within(double expected) {
    return org.assertj.core.data.Offset.offset(1e-4 * Math.abs(expected) + 1e-6);
  }

  private static Batch batch(Map<String, HostTensor> inputs) {
    HostTensor ids = Golden.get(inputs, "input_ids");
    int rows = (int) ids.shape()[0];
    int width = (int) ids.shape()[1];
    long[] mask = Golden.get(inputs, "attention_mask").longs();
    int[] lengths =
        IntStream.range(0, rows)
            .map(r -> (int) Arrays.stream(mask, r * width, (r + 1) * width).sum())
            .toArray();
    long[] types =
        inputs.containsKey("token_type_ids")
            ? Golden.get(inputs, "token_type_ids").longs()
            : new long[rows * width];
    return new Batch(
        IntStream.range(0, rows).boxed().toList(),
        split(ids.longs(), width),
        split(types, width),
        lengths);
  }

  private static long[][] split(long[] values, int width) {
    return IntStream.range(0, values.length / width)
        .mapToObj(r -> Arrays.copyOfRange(values, r * width, (r + 1) * width))
        .toArray(long[][]::new);
  }
}
