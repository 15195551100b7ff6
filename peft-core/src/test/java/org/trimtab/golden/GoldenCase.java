package org.trimtab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Classification;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.Head;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.ScoredHead;
import org.trimtab.head.ScoredHeadConfig;
import org.trimtab.json.Json;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.Vocabulary;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.Tiny;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.GradientTransform;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.UpdateRule;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/**
 * One recorded case: logits, gradients, traces and training of a method, against the reference.
 *
 * @param path the case's folder
 * @param ours our name of a tensor, of the reference's
 */
public record GoldenCase(Path path, UnaryOperator<String> ours) {
  /** Makes a method's module. */
  @FunctionalInterface
  public interface Maker {
    PeftModule make(Setup setup);
  }

  /** The backbone's folder and the method's. */
  public String name() {
    return path.getName(path.getNameCount() - 2) + "/" + path.getFileName();
  }

  private String family() {
    return path.getName(path.getNameCount() - 2).toString();
  }

  /** Checks the case over a frozen backbone. */
  public void agrees(Maker maker) {
    agrees(maker, Tuning.FROZEN);
  }

  /** Checks the case. */
  public void agrees(Maker maker, Tuning tuning) {
    Path directory = Golden.folder().resolve("backbones").resolve(family());
    boolean roberta = family().equals("roberta");
    BackboneOptions options =
        new BackboneOptions(
            tuning, roberta ? PoolerMode.NONE : PoolerMode.FROZEN, DropoutRates.NONE);
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(directory, options, tensors)) {
      Map<String, HostTensor> expected = Golden.tensors(path.resolve("expected.safetensors"));
      int classes = (int) Golden.get(expected, "logits").shape()[1];
      ScoredHeadConfig config =
          roberta
              ? new DenseHeadConfig(Pooling.FIRST, 0, 0.02)
              : new LinearHeadConfig(Pooling.POOLER_FIRST, 0, 0.02);
      Init init = new Init(tensors, new RandomStreams(1).stream("golden"));
      Head head = config.create(backbone.spec().hidden(), classes, init);
      PeftModule module = maker.make(new Setup(backbone, init, Vocabulary.NONE));
      Model<Integer> model =
          new Model<>(
              backbone, module, new ScoredHead<>(head, new Classification(classes), tensors));
      Map<String, HostTensor> saved = load(model, directory);
      check(model, expected);
      folded(model, saved, expected);
    }
  }

  /** Folded values are in the adapter's file, those that train in a file of their own. */
  private Map<String, HostTensor> load(Model<Integer> model, Path backbone) {
    Map<String, HostTensor> saved = new LinkedHashMap<>();
    for (Path file :
        List.of(
            backbone.resolve("model.safetensors"),
            path.resolve("adapter_model.safetensors"),
            path.resolve("trainable.safetensors"))) {
      if (Files.exists(file)) {
        Golden.tensors(file)
            .forEach(
                (name, tensor) -> {
                  if (!name.contains("original_module")) {
                    saved.put(ours.apply(name), tensor);
                  }
                });
      }
    }
    for (Param param : model.params().all()) {
      HostTensor value = Golden.get(saved, param.name());
      model.tensors().assign(param.value(), value.doubles());
    }
    return saved;
  }

  /**
   * What is folded is what the adapter's file holds, and the file's values give the same logits.
   * The parameters have been trained by now where the case trains, so they are loaded anew.
   */
  private void folded(
      Model<Integer> model, Map<String, HostTensor> saved, Map<String, HostTensor> expected) {
    for (Param param : model.params().all()) {
      model.tensors().assign(param.value(), Golden.get(saved, param.name()).doubles());
    }
    Model<Integer> folded = model.fold();
    for (Param param : folded.module().params().all()) {
      HostTensor value = saved.get(param.name());
      if (model.module().params().find(param.name()).isEmpty() && value != null) {
        double difference =
            Golden.difference(model.tensors().doubles(param.value()), value.doubles());
        assertThat(difference).as("folded " + param.name()).isLessThan(Golden.tolerance(value));
        model.tensors().assign(param.value(), value.doubles());
        System.out.printf("golden %s: folded %.1e%n", name(), difference);
      }
    }
    Map<String, HostTensor> inputs = Golden.tensors(path.resolve("inputs.safetensors"));
    HostTensor logits = Golden.get(expected, "logits");
    double[] scores =
        model.tensors().doubles(Tiny.scores(folded, batch(inputs), Dropout.OFF, Trace.NONE));
    assertThat(Golden.difference(scores, logits.doubles())).isLessThan(Golden.tolerance(logits));
  }

  private void check(Model<Integer> model, Map<String, HostTensor> expected) {
    Map<String, HostTensor> inputs = Golden.tensors(path.resolve("inputs.safetensors"));
    Tensors tensors = model.tensors();
    HostTensor logits = Golden.get(expected, "logits");
    Map<String, double[]> gates = new LinkedHashMap<>();
    double[] scores =
        tensors.doubles(
            Tiny.scores(
                model, batch(inputs), Dropout.OFF, (n, g) -> gates.put(n, tensors.doubles(g))));
    double difference = Golden.difference(scores, logits.doubles());
    assertThat(difference).isLessThan(Golden.tolerance(logits));
    double gate = gates(gates, expected);
    double gradient = gradients(model, labelled(inputs));
    System.out.printf(
        "golden %s: logits %.1e, gates %.1e, gradients %.1e of the tolerance%n",
        name(), difference, gate, gradient);
    JsonNode training = Json.read(path.resolve("case.json")).path("training");
    if (training.isObject()) {
      train(model, inputs, training);
      HostTensor after = Golden.get(expected, "logits_after_training");
      assertThat(
              Golden.difference(
                  tensors.doubles(Tiny.scores(model, batch(inputs), Dropout.OFF, Trace.NONE)),
                  after.doubles()))
          .isLessThan(1e-4 * Golden.largest(after) + 1e-6);
    }
  }

  /** The largest difference as a share of what is allowed. */
  private double gradients(Model<Integer> model, Labelled<Integer> batch) {
    Map<String, HostTensor> expected = new LinkedHashMap<>();
    Golden.tensors(path.resolve("gradients.safetensors"))
        .forEach((name, tensor) -> expected.put(ours.apply(name), tensor));
    Params params = model.params();
    Tensors tensors = model.tensors();
    List<Double> shares = new ArrayList<>();
    tensors.freeing(
        () -> {
          Gradients gradients =
              tensors.gradients(List.of(() -> model.loss(batch, Randomness.FIXED)), params);
          for (Gradients.Gradient gradient : gradients.all()) {
            String name = gradient.param().name();
            HostTensor reference = Golden.get(expected, name);
            double allowed =
                name.endsWith("key.bias") ? 1e-6 : 1e-4 * Golden.largest(reference) + 1e-6;
            double difference =
                Golden.difference(tensors.doubles(gradient.value().tensor()), reference.doubles());
            assertThat(difference).as(name).isLessThan(allowed);
            shares.add(difference / allowed);
          }
        });
    assertThat(shares).hasSameSizeAs(expected.keySet());
    return Collections.max(shares);
  }

  /** The largest difference of the gates, one value an example. */
  private double gates(Map<String, double[]> gates, Map<String, HostTensor> expected) {
    double largest = 0;
    int found = 0;
    for (Map.Entry<String, HostTensor> entry : expected.entrySet()) {
      if (entry.getKey().startsWith("gate.")) {
        double[] own = gates.getOrDefault(ours.apply(entry.getKey()), new double[0]);
        assertThat(own).as(ours.apply(entry.getKey()) + " of " + gates.keySet()).isNotEmpty();
        double difference = Golden.difference(own, entry.getValue().doubles());
        assertThat(difference).as(entry.getKey()).isLessThan(1e-5);
        largest = Math.max(largest, difference);
        found++;
      }
    }
    assertThat(gates).hasSize(found);
    return largest;
  }

  private void train(Model<Integer> model, Map<String, HostTensor> inputs, JsonNode training) {
    UpdateRule.Rate rate =
        new UpdateRule.Rate(
            training.path("lr").doubleValue(), training.path("weight_decay").doubleValue());
    Params params = model.params();
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    params.groups().forEach(group -> rates.put(group, rate));
    double worst = 0;
    try (Optimizer optimizer =
        new Optimizer(
            params,
            new OptimizerConfig.AdamWConfig(0.9, 0.999, 1e-8).rule(),
            rates,
            model.tensors())) {
      GradientTransform clipping = new GlobalNormClipping(training.path("clip").doubleValue());
      Trainer<Integer> trainer =
          new Trainer<>(
              new PlainRecipe<>(model), optimizer, List.of(clipping), new RandomStreams(1));
      for (int step = 0; step < training.path("steps").intValue(); step++) {
        Trainer.Step done = trainer.step(List.of(labelled(inputs)), 1);
        double loss = training.path("losses").get(step).doubleValue();
        double norm = training.path("gradient_norms").get(step).doubleValue();
        assertThat(done.loss()).isCloseTo(loss, within(loss));
        assertThat(done.gradientNorm()).isCloseTo(norm, within(norm));
        worst = Math.max(worst, Math.abs(done.loss() - loss));
      }
    }
    System.out.printf("golden %s: losses of training %.1e%n", name(), worst);
  }

  private static org.assertj.core.data.Offset<Double> within(double expected) {
    return org.assertj.core.data.Offset.offset(1e-4 * Math.abs(expected) + 1e-6);
  }

  private static Labelled<Integer> labelled(Map<String, HostTensor> inputs) {
    List<Integer> gold =
        Arrays.stream(Golden.get(inputs, "labels").longs()).mapToObj(l -> (int) l).toList();
    return new Labelled<>(batch(inputs), gold);
  }

  /** The texts of a case, without padding. */
  public static Batch batch(Map<String, HostTensor> inputs) {
    HostTensor ids = Golden.get(inputs, "input_ids");
    int width = (int) ids.shape()[1];
    List<Integer> indices = IntStream.range(0, (int) ids.shape()[0]).boxed().toList();
    return new Batch(
        indices,
        indices.stream().map(text -> List.of(encoding(inputs, text, width))).toList(),
        width);
  }

  /** The tokens of text {@code text} without its padding. */
  private static Encoding encoding(Map<String, HostTensor> inputs, int text, int width) {
    int from = text * width;
    long[] mask = Golden.get(inputs, "attention_mask").longs();
    int length = (int) Arrays.stream(mask, from, from + width).sum();
    int[] tokens = new int[length];
    Arrays.setAll(tokens, i -> (int) Golden.get(inputs, "input_ids").longs()[from + i]);
    byte[] segments = new byte[length];
    if (inputs.containsKey("token_type_ids")) {
      long[] types = Golden.get(inputs, "token_type_ids").longs();
      for (int i = 0; i < length; i++) {
        segments[i] = (byte) types[from + i];
      }
    }
    return new Encoding(new Texts("", Optional.empty()), tokens, segments);
  }
}
