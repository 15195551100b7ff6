package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.ReadRows;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.TunedInput;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/**
 * What the reference's classifier gives for DeBERTa, alone and with PEFT's adapters: updates of a
 * projection that the table of relative positions goes through too, and prompts that take part in
 * relative positions.
 */
class DebertaGoldenTest {
  private static final String LIBRARY = "base_model.model.";

  @TestFactory
  Stream<DynamicTest> classifiers() {
    return folders("backbones", "")
        .flatMap(
            path ->
                Stream.of(KernelChoice.values())
                    .map(
                        kernels ->
                            test(
                                path + " " + kernels,
                                path,
                                path,
                                kernels,
                                model -> Contribution.NONE)));
  }

  @TestFactory
  Stream<DynamicTest> updates() {
    return folders("peft", "lora")
        .flatMap(
            path ->
                Stream.of(KernelChoice.values())
                    .map(
                        kernels ->
                            test(
                                path + " " + kernels, backbone(path), path, kernels, Model::lora)));
  }

  @TestFactory
  Stream<DynamicTest> gradientsOfUpdates() {
    return folders("peft", "lora")
        .flatMap(
            path ->
                Stream.of(KernelChoice.values())
                    .map(
                        kernels ->
                            DynamicTest.dynamicTest(
                                path + " " + kernels,
                                () -> {
                                  try (Model model = Model.open(backbone(path), path, kernels)) {
                                    model.requireGradients();
                                  }
                                })));
  }

  @TestFactory
  Stream<DynamicTest> mergedUpdates() {
    return folders("peft", "lora")
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path.toString(),
                    () -> {
                      try (Model model = Model.open(backbone(path), path, KernelChoice.AUTO)) {
                        try (Backbone merged = model.backbone.with(model.merged())) {
                          model.requireLogits(merged, Contribution.NONE);
                        }
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> prompts() {
    return folders("peft", "prompt")
        .map(
            path -> test(path.toString(), backbone(path), path, KernelChoice.AUTO, Model::prompts));
  }

  /** The folders of this family in {@code parent}. */
  private static Stream<Path> folders(String parent, String below) {
    return Golden.families(parent).stream()
        .filter(path -> path.getFileName().toString().startsWith("deberta"))
        .map(path -> path.resolve(below));
  }

  private static Path backbone(Path adapter) {
    Path family = Optional.ofNullable(adapter.getParent()).orElseThrow();
    return Golden.familiesFolder().resolve("backbones").resolve(family.getFileName());
  }

  private static DynamicTest test(
      String name,
      Path backbone,
      Path expected,
      KernelChoice kernels,
      Function<Model, Contribution> contribution) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (Model model = Model.open(backbone, expected, kernels)) {
            model.requireLogits(model.backbone, contribution.apply(model));
          }
        });
  }

  /** A backbone, the values around it, and an adapter's. */
  private record Model(
      Backbone backbone,
      Map<String, HostTensor> values,
      Map<String, Tensor> made,
      Path folder,
      Tensors tensors)
      implements AutoCloseable {
    static Model open(Path backbone, Path folder, KernelChoice kernels) {
      BackboneOptions options =
          new BackboneOptions(Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE, kernels);
      Tensors tensors = DjlTensors.open(Precision.FP32);
      Map<String, HostTensor> values =
          new HashMap<>(Golden.tensors(backbone.resolve("model.safetensors")));
      if (!folder.equals(backbone)) {
        values.putAll(Golden.tensors(folder.resolve("adapter_model.safetensors")));
      }
      return new Model(
          Backbones.load(backbone, options, tensors), values, new HashMap<>(), folder, tensors);
    }

    /** The context pooler: row 0, dense, gelu; then the classifier. */
    void requireLogits(Backbone of, Contribution contribution) {
      Tensor logits = logits(of, contribution);
      HostTensor expected = Golden.get(file("expected"), "logits");
      double difference = Golden.difference(tensors.doubles(logits), expected.doubles());
      assertThat(difference).isLessThan(Golden.tolerance(expected));
      HostTensor loss = Golden.get(file("expected"), "loss");
      assertThat(Golden.difference(tensors.doubles(loss(logits)), loss.doubles()))
          .isLessThan(Golden.tolerance(loss));
      System.out.printf("golden %s: logits differ by %.1e%n", folder, difference);
    }

    private Map<String, HostTensor> file(String name) {
      return Golden.tensors(folder.resolve(name + ".safetensors"));
    }

    private Tensor logits(Backbone of, Contribution contribution) {
      Input input = Golden.input(file("inputs"), "", tensors);
      TunedInput tuned = new TunedInput(input, contribution, Set.of(ReadRows.FIRST));
      Tensor first = of.forward(tuned, Dropout.OFF).states().rows(0, 1); // (B, 1, H)
      Tensor pooled = first.linear(value("pooler.dense.weight"), value("pooler.dense.bias")).gelu();
      return pooled.linear(value("classifier.weight"), value("classifier.bias")).view(0, -1);
    }

    /** The mean cross-entropy of logits (B, C). */
    private Tensor loss(Tensor logits) {
      long[] labels = Golden.get(file("inputs"), "labels").longs();
      int classes = (int) tensors.shape(logits)[1];
      double[] right = new double[labels.length * classes];
      for (int i = 0; i < labels.length; i++) {
        right[i * classes + (int) labels[i]] = -classes;
      }
      return logits.logSoftmax().mul(tensors.of(right, labels.length, classes)).mean();
    }

    void requireGradients() {
      Contribution lora = lora();
      logits(backbone, lora); // so that all of its values are made
      Params params = new Params();
      made.forEach(
          (name, value) -> {
            if (name.contains("lora_")) {
              params.add("", name, value);
            }
          });
      Map<String, HostTensor> expected = file("gradients");
      tensors.freeing(
          () ->
              tensors
                  .gradients(List.of(() -> loss(logits(backbone, lora))), params)
                  .all()
                  .forEach(gradient -> requireSame(gradient, expected)));
      assertThat(params.all()).isNotEmpty();
    }

    private void requireSame(Gradients.Gradient found, Map<String, HostTensor> all) {
      String name = found.param().name();
      HostTensor expected = Golden.get(all, name.replace(".weight", ".default.weight"));
      double[] values = tensors.doubles(found.value().tensor());
      assertThat(Golden.difference(values, expected.doubles()))
          .as(name)
          .isLessThan(1e-4 * Golden.largest(expected) + 1e-6);
    }

    private Tensor value(String name) {
      return find(LIBRARY + name)
          .or(() -> find("base_model." + name))
          .or(() -> find(name))
          .orElseThrow();
    }

    private Optional<Tensor> find(String name) {
      return Optional.ofNullable(values.get(name))
          .map(host -> made.computeIfAbsent(name, n -> tensors.of(host.doubles(), host.shape())));
    }

    private double scale() {
      var config = Json.read(folder.resolve("adapter_config.json"));
      return config.path("lora_alpha").doubleValue() / config.path("r").doubleValue();
    }

    private String adapted(Site site) {
      return LIBRARY + "deberta." + backbone.path(site);
    }

    Contribution lora() {
      return new Contribution() {
        @Override
        public Optional<Tensor> delta(At at, Tensor out) {
          String name = adapted(at.site());
          return find(name + ".lora_A.weight")
              .map(
                  down -> at.in().linear(down).linear(value(name + ".lora_B.weight")).mul(scale()));
        }
      };
    }

    Map<String, Tensor> merged() {
      Map<String, Tensor> merged = new HashMap<>();
      for (int layer = 0; layer < backbone.spec().layers(); layer++) {
        for (Point point : List.of(Point.QUERY, Point.KEY, Point.VALUE)) {
          Site site = new Site(Stack.ENCODER, layer, point);
          String name = adapted(site);
          find(name + ".lora_A.weight")
              .ifPresent(
                  down ->
                      merged.put(
                          backbone.path(site) + ".weight",
                          backbone
                              .linear(site)
                              .weight()
                              .add(value(name + ".lora_B.weight").matmul(down).mul(scale()))));
        }
      }
      return merged;
    }

    Contribution prompts() {
      return new Contribution() {
        @Override
        public List<Prompt> prompts(At at) {
          if (at.site().point() != Point.EMBEDDING) {
            return List.of();
          }
          HostTensor rows = Golden.get(values, "prompt_embeddings");
          Tensor batched = value("prompt_embeddings").batched(at.in());
          return List.of(new Prompt(Place.FIRST, true, (int) rows.shape()[0], batched));
        }
      };
    }

    @Override
    public void close() {
      backbone.close();
    }
  }
}
