package org.trimtab.experiments.onnx;

import java.util.Map;
import org.trimtab.base.Invalid;
import org.trimtab.experiments.engine.InferenceEngine;
import org.trimtab.head.TaskSpec;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.onnx.GraphFile;
import org.trimtab.onnx.ModelGraph;
import org.trimtab.onnx.OnnxTensors;
import org.trimtab.tuning.ModelSources;

/**
 * ONNX Runtime on the processor. A model that is built on a recording backing is its graph, which
 * is handed over in memory; nothing of the engine that trains is loaded.
 */
public final class OnnxRuntimeEngine implements InferenceEngine {
  private static final GraphFile.Description NEVER_READ =
      new GraphFile.Description("", "", Map.of());

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public Backing open(ModelSources<?> sources) {
    if (sources.device().isAccelerator()) {
      throw new Invalid(
          "backbone.device",
          "ONNX Runtime computes on the processor; found "
              + sources.device().name()
              + "; allowed cpu, auto");
    }
    return new Recording(new OnnxTensors(sources.precision()));
  }

  private record Recording(OnnxTensors tensors) implements Backing {
    @Override
    public <Y> Predictor<Y> predictor(Model<Y> model, TaskSpec<Y> task) {
      ModelGraph graph = ModelGraph.of(model, tensors, ModelGraph.Options.plain(task.spans()));
      return new OnnxRuntimePredictor<>(
          model, graph.features(), new Session(new GraphFile(graph, NEVER_READ).bytes()));
    }
  }
}
