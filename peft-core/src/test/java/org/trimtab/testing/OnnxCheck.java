package org.trimtab.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.batch.Batch;
import org.trimtab.head.TaskHead;
import org.trimtab.method.FrozenFeature;
import org.trimtab.model.Model;
import org.trimtab.onnx.GraphFile;
import org.trimtab.onnx.ModelGraph;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** What ONNX Runtime computes of a recorded model, beside the computing backing. */
public final class OnnxCheck {
  private OnnxCheck() {}

  public static ByteBuffer bytes(ModelGraph graph) {
    return new GraphFile(graph, new GraphFile.Description("0", "", Map.of())).bytes();
  }

  /** The tensors of method and head that {@code graph} has as inputs. */
  public static Map<String, HostTensor> adapter(Model<?> model, ModelGraph graph) {
    Map<String, Tensor> all = new LinkedHashMap<>(model.module().constants());
    model.params().all().forEach(param -> all.put(param.name(), param.value()));
    Map<String, HostTensor> values = new LinkedHashMap<>();
    graph.adapterInputs().forEach(name -> values.put(name, model.tensors().host(find(all, name))));
    return values;
  }

  private static Tensor find(Map<String, Tensor> tensors, String name) {
    return Optional.ofNullable(tensors.get(name)).orElseThrow();
  }

  /** The largest difference over batches, relative to the largest value of an output. */
  public static double difference(
      Model<?> model, ModelGraph graph, Map<String, HostTensor> adapter, List<Batch> batches) {
    try (OnnxRun run = OnnxRun.of(bytes(graph))) {
      return difference(model, graph, adapter, batches, run);
    }
  }

  /** The same of a session that is there. */
  public static double difference(
      Model<?> model,
      ModelGraph graph,
      Map<String, HostTensor> adapter,
      List<Batch> batches,
      OnnxRun run) {
    return batches.stream()
        .mapToDouble(
            batch ->
                difference(
                    computed(model, batch), run.run(with(adapter, inputs(model, graph, batch)))))
        .max()
        .orElseThrow();
  }

  private static Map<String, HostTensor> with(
      Map<String, HostTensor> adapter, Map<String, HostTensor> inputs) {
    Map<String, HostTensor> all = new LinkedHashMap<>(adapter);
    all.putAll(inputs);
    return all;
  }

  private static double difference(
      Map<String, HostTensor> expected, Map<String, HostTensor> found) {
    if (!found.keySet().equals(expected.keySet())) {
      throw new AssertionError(found.keySet() + " and not " + expected.keySet());
    }
    return expected.entrySet().stream()
        .mapToDouble(
            output -> difference(output.getValue(), TaskHead.output(found, output.getKey())))
        .max()
        .orElseThrow();
  }

  private static double difference(HostTensor expected, HostTensor found) {
    double[] a = expected.doubles();
    double[] b = found.doubles();
    if (!Arrays.equals(expected.shape(), found.shape())) {
      throw new AssertionError("shapes differ");
    }
    double largest = 1e-30;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i]));
      difference = Math.max(difference, Math.abs(a[i] - b[i]));
    }
    return difference / largest;
  }

  /** What the computing backing gives: outputs and traces. */
  public static Map<String, HostTensor> computed(Model<?> model, Batch batch) {
    Tensors tensors = model.tensors();
    return tensors.freeing(
        () -> {
          Map<String, HostTensor> outputs = new LinkedHashMap<>();
          Hidden hidden =
              model.hidden(
                  batch,
                  Dropout.OFF,
                  (name, values) -> outputs.put(ModelGraph.TRACE + name, tensors.host(values)));
          model.head().outputs(hidden).forEach((name, o) -> outputs.put(name, tensors.host(o)));
          return outputs;
        });
  }

  /** What a run is given of a batch. */
  public static Map<String, HostTensor> inputs(Model<?> model, ModelGraph graph, Batch batch) {
    Tensors tensors = model.tensors();
    return tensors.freeing(
        () -> {
          Input input = batch.input(model.backbone());
          Map<String, HostTensor> inputs = new LinkedHashMap<>();
          inputs.put("input_ids", whole(tensors, input.ids()));
          inputs.put("attention_mask", whole(tensors, input.mask()));
          inputs.put("token_type_ids", whole(tensors, input.types()));
          graph.features().forEach((name, f) -> inputs.put(name, words(tensors, f, batch.texts())));
          input.spans().ifPresent(spans -> inputs.put("spans", tensors.host(spans)));
          return inputs;
        });
  }

  private static HostTensor words(
      Tensors tensors, FrozenFeature.OfWords feature, List<String> texts) {
    double[] flat = texts.stream().map(feature::of).flatMapToDouble(Arrays::stream).toArray();
    return tensors.host(tensors.of(flat, texts.size(), 1, feature.width()));
  }

  private static HostTensor whole(Tensors tensors, Tensor tensor) {
    double[] values = tensors.doubles(tensor);
    long[] whole = Arrays.stream(values).mapToLong(v -> (long) v).toArray();
    return HostTensor.of(whole, tensors.shape(tensor));
  }
}
