package org.trimtab.experiments.onnx;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Input;
import org.trimtab.batch.Batch;
import org.trimtab.head.Prediction;
import org.trimtab.method.FrozenFeature;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.onnx.ModelGraph;
import org.trimtab.onnx.OnnxTensors;
import org.trimtab.tensor.HostTensor;

/** A saved model whose passes ONNX Runtime computes. */
final class OnnxRuntimePredictor<Y> implements Predictor<Y> {
  private final Model<Y> model;
  private final Map<String, FrozenFeature.OfWords> features;
  private final Session session;

  /**
   * Takes over {@code session}.
   *
   * @param features those that are inputs, by the inputs' names
   */
  OnnxRuntimePredictor(
      Model<Y> model, Map<String, FrozenFeature.OfWords> features, Session session) {
    this.model = model;
    this.features = features;
    this.session = session;
  }

  @Override
  public List<Prediction<Y>> predict(Batch batch) {
    Map<String, HostTensor> outputs = session.run(inputs(batch));
    Map<String, double[]> trace = new LinkedHashMap<>();
    outputs.forEach(
        (name, values) -> {
          if (name.startsWith(ModelGraph.TRACE)) {
            trace.put(name.substring(ModelGraph.TRACE.length()), values.doubles());
          }
        });
    return Evaluator.traced(model.head().predict(outputs, batch), trace, batch);
  }

  /** Those of the batch that the graph reads. */
  private Map<String, HostTensor> inputs(Batch batch) {
    OnnxTensors tensors = new OnnxTensors(model.tensors().precision());
    Input input = batch.input(tensors, model.backbone().spec().padding());
    Map<String, HostTensor> all = new LinkedHashMap<>();
    all.put("input_ids", tensors.host(input.ids()));
    all.put("token_type_ids", tensors.host(input.types()));
    HostTensor mask = tensors.host(input.mask());
    all.put("attention_mask", HostTensor.of(mask.longs(), mask.shape()));
    input.spans().ifPresent(spans -> all.put("spans", tensors.host(spans)));
    features.forEach((name, feature) -> all.put(name, ofWords(feature, input.texts(), tensors)));
    all.keySet().retainAll(session.inputs());
    return all;
  }

  /** (B, 1, D). */
  private static HostTensor ofWords(
      FrozenFeature.OfWords words, List<String> texts, OnnxTensors tensors) {
    double[] values = texts.stream().map(words::of).flatMapToDouble(Arrays::stream).toArray();
    return tensors.host(tensors.of(values, texts.size(), 1, words.width()));
  }

  @Override
  public void close() {
    session.close();
  }
}
