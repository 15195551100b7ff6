package org.trimtab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.json.Json;
import org.trimtab.method.Trace;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.GradientTransform;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.UpdateRule;

/**
 * A case that runs.
 *
 * @param golden the case
 * @param task what it predicts
 * @param model which predicts
 * @param expected what the reference said
 */
record GoldenRun<Y>(
    GoldenCase golden, GoldenTask<Y> task, Model<Y> model, Map<String, HostTensor> expected) {
  void agrees() {
    Map<String, HostTensor> saved = load();
    check();
    folded(saved);
  }

  private Map<String, HostTensor> inputs() {
    return Golden.tensors(golden.path().resolve("inputs.safetensors"));
  }

  private Labelled<Y> labelled() {
    return new Labelled<>(GoldenCase.batch(inputs()), task.gold(inputs()));
  }

  /** The largest difference of the logits of {@code model} from {@code reference}. */
  private double logits(Model<Y> model, Trace trace, HostTensor reference) {
    Tensors tensors = model.tensors();
    Hidden hidden = model.hidden(GoldenCase.batch(inputs()), Dropout.OFF, trace);
    double[] own = tensors.doubles(task.logits(model.head(), hidden));
    return Golden.difference(own, reference.doubles(), tensors.doubles(task.rows(hidden)));
  }

  /** Folded values are in the adapter's file, those that train in a file of their own. */
  private Map<String, HostTensor> load() {
    Map<String, HostTensor> saved = new LinkedHashMap<>();
    for (Path file :
        List.of(
            golden.backbone().resolve("model.safetensors"),
            golden.path().resolve("adapter_model.safetensors"),
            golden.path().resolve("trainable.safetensors"))) {
      if (Files.exists(file)) {
        Golden.tensors(file)
            .forEach(
                (name, tensor) -> {
                  if (!name.contains("original_module")) {
                    saved.put(golden.ours().apply(name), tensor);
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
  private void folded(Map<String, HostTensor> saved) {
    for (Param param : model.params().all()) {
      model.tensors().assign(param.value(), Golden.get(saved, param.name()).doubles());
    }
    Model<Y> folded = model.fold();
    for (Param param : folded.module().params().all()) {
      HostTensor value = saved.get(param.name());
      if (model.module().params().find(param.name()).isEmpty() && value != null) {
        double difference =
            Golden.difference(model.tensors().doubles(param.value()), value.doubles());
        assertThat(difference).as("folded " + param.name()).isLessThan(Golden.tolerance(value));
        model.tensors().assign(param.value(), value.doubles());
        System.out.printf("golden %s: folded %.1e%n", golden.name(), difference);
      }
    }
    HostTensor logits = Golden.get(expected, "logits");
    assertThat(logits(folded, Trace.NONE, logits)).isLessThan(Golden.tolerance(logits));
  }

  private void check() {
    HostTensor logits = Golden.get(expected, "logits");
    Map<String, double[]> gates = new LinkedHashMap<>();
    Tensors tensors = model.tensors();
    double difference = logits(model, (n, g) -> gates.put(n, tensors.doubles(g)), logits);
    assertThat(difference).isLessThan(Golden.tolerance(logits));
    double loss = loss();
    double gate = gates(gates);
    double gradient = gradients();
    System.out.printf(
        "golden %s: logits %.1e, loss %.1e, gates %.1e, gradients %.1e of the tolerance%n",
        golden.name(), difference, loss, gate, gradient);
    JsonNode training = Json.read(golden.path().resolve("case.json")).path("training");
    if (training.isObject()) {
      train(training);
      HostTensor after = Golden.get(expected, "logits_after_training");
      assertThat(logits(model, Trace.NONE, after)).isLessThan(1e-4 * Golden.largest(after) + 1e-6);
    }
  }

  private double loss() {
    HostTensor reference = Golden.get(expected, "loss");
    Tensors tensors = model.tensors();
    double[] loss = tensors.doubles(model.loss(labelled(), Randomness.FIXED));
    double difference = Golden.difference(loss, reference.doubles());
    assertThat(difference).isLessThan(Golden.tolerance(reference));
    return difference;
  }

  /** The largest difference as a share of what is allowed. */
  private double gradients() {
    Labelled<Y> batch = labelled();
    Map<String, HostTensor> trained = new LinkedHashMap<>();
    Golden.tensors(golden.path().resolve("gradients.safetensors"))
        .forEach((name, tensor) -> trained.put(golden.ours().apply(name), tensor));
    Params params = model.params();
    Tensors tensors = model.tensors();
    List<Double> shares = new ArrayList<>();
    tensors.freeing(
        () -> {
          Gradients gradients =
              tensors.gradients(List.of(() -> model.loss(batch, Randomness.FIXED)), params);
          for (Gradients.Gradient gradient : gradients.all()) {
            String name = gradient.param().name();
            if (!trained.containsKey(name) && kept(name)) {
              continue; // the reference keeps a part of the head frozen
            }
            HostTensor reference = Golden.get(trained, name);
            double allowed =
                name.endsWith("key.bias") ? 1e-6 : 1e-4 * Golden.largest(reference) + 1e-6;
            double difference =
                Golden.difference(tensors.doubles(gradient.value().tensor()), reference.doubles());
            assertThat(difference).as(name).isLessThan(allowed);
            shares.add(difference / allowed);
          }
        });
    assertThat(shares).hasSameSizeAs(trained.keySet());
    return Collections.max(shares);
  }

  /** Whether the backbone's own files hold {@code name}, a tensor of the head. */
  private boolean kept(String name) {
    Path file = golden.backbone().resolve("model.safetensors");
    return model.head().params().find(name).isPresent()
        && Golden.tensors(file).keySet().stream().map(golden.ours()).anyMatch(name::equals);
  }

  /** The largest difference of the gates, one value an example. */
  private double gates(Map<String, double[]> gates) {
    double largest = 0;
    int found = 0;
    for (Map.Entry<String, HostTensor> entry : expected.entrySet()) {
      if (entry.getKey().startsWith("gate.")) {
        double[] own = gates.getOrDefault(golden.ours().apply(entry.getKey()), new double[0]);
        assertThat(own)
            .as(golden.ours().apply(entry.getKey()) + " of " + gates.keySet())
            .isNotEmpty();
        double difference = Golden.difference(own, entry.getValue().doubles());
        assertThat(difference).as(entry.getKey()).isLessThan(1e-5);
        largest = Math.max(largest, difference);
        found++;
      }
    }
    assertThat(gates).hasSize(found);
    return largest;
  }

  private void train(JsonNode training) {
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
      Trainer<Y> trainer =
          new Trainer<>(
              new PlainRecipe<>(model), optimizer, List.of(clipping), new RandomStreams(1));
      for (int step = 0; step < training.path("steps").intValue(); step++) {
        Trainer.Step done = trainer.step(List.of(labelled()), 1);
        double loss = training.path("losses").get(step).doubleValue();
        double norm = training.path("gradient_norms").get(step).doubleValue();
        assertThat(done.loss()).isCloseTo(loss, within(loss));
        assertThat(done.gradientNorm()).isCloseTo(norm, within(norm));
        worst = Math.max(worst, Math.abs(done.loss() - loss));
      }
    }
    System.out.printf("golden %s: losses of training %.1e%n", golden.name(), worst);
  }

  private static org.assertj.core.data.Offset<Double> within(double expected) {
    return org.assertj.core.data.Offset.offset(1e-4 * Math.abs(expected) + 1e-6);
  }
}
