package org.trimtab.jmh.subject;

import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.batch.Batch;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.engine.InferenceEngine;
import org.trimtab.experiments.onnx.OnnxRuntimeEngine;
import org.trimtab.head.Prediction;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.pretrained.BackboneFiles;
import org.trimtab.tuning.ModelSources;

/** A session of ONNX Runtime with a model and a batch for it. */
public final class OnnxSession implements AutoCloseable {
  private final Backbone backbone;
  private final Predictor<Integer> predictor;
  private final Batch batch;

  private OnnxSession(Backbone backbone, Predictor<Integer> predictor, Batch batch) {
    this.backbone = backbone;
    this.predictor = predictor;
    this.batch = batch;
  }

  /** The model has the values that {@link Presets#model} gives it on the other engine. */
  public static OnnxSession open(ExperimentConfig config, Batch batch) {
    InferenceEngine.Backing backing = backing(config);
    Backbone backbone = Presets.backbone(config, backing.tensors());
    // Not folded: a backing that records has no values to fold; the session folds constants itself.
    Model<Integer> model = Presets.model(config, backbone);
    return new OnnxSession(backbone, backing.predictor(model, Presets.task()), batch);
  }

  private static InferenceEngine.Backing backing(ExperimentConfig config) {
    try (BackboneFiles files = config.backbone().open()) {
      return new OnnxRuntimeEngine()
          .open(
              new ModelSources<>(
                  config, files, config.task().create(), Map.of(), Model.FeatureSource::computed));
    }
  }

  public List<Prediction<Integer>> run() {
    return predictor.predict(batch);
  }

  @Override
  public void close() {
    predictor.close();
    backbone.close();
  }
}
