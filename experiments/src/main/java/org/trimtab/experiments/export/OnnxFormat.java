package org.trimtab.experiments.export;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.trimtab.base.UserError;
import org.trimtab.experiments.process.Version;
import org.trimtab.experiments.trial.SavedModel;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.json.Json;
import org.trimtab.model.Model;
import org.trimtab.onnx.GraphFile;
import org.trimtab.onnx.ModelGraph;
import org.trimtab.onnx.OnnxFile;
import org.trimtab.onnx.OnnxTensors;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.weights.SafetensorsWriter;

/** An ONNX graph of backbone, method and head: docs/export-onnx.md. */
public final class OnnxFormat implements ExportFormat {
  /** Its name on the command line. */
  public static final String NAME = "onnx";

  /** Where the adapter's tensors go: {@code weights} or {@code inputs}. */
  public static final String ADAPTER = "--adapter";

  /** Linear layers with whole numbers. */
  public static final String INT8 = "--int8";

  private static final String INPUTS = "inputs";
  private static final String WEIGHTS = "weights";
  private final SavedRuns saved;

  @Inject
  public OnnxFormat(SavedRuns saved) {
    this.saved = saved;
  }

  @Override
  public Set<String> options() {
    return Set.of(ADAPTER, INT8);
  }

  /** How the method stands in the graph. */
  private record Recorded(ModelGraph graph, String adapter) {}

  @Override
  public List<String> export(Request request) {
    OnnxFile.requireReplaceable(request.to());
    String adapter = request.options().getOrDefault(ADAPTER, WEIGHTS);
    if (!List.of(WEIGHTS, INPUTS).contains(adapter)) {
      throw new UserError(ADAPTER + ": found " + adapter + "; allowed " + WEIGHTS + ", " + INPUTS);
    }
    Precision precision = request.config().backbone().precision().tensors();
    boolean int8 = request.options().containsKey(INT8);
    if (int8 && precision != Precision.FP32) {
      throw new UserError(INT8 + ": found a model of " + precision + "; allowed FP32");
    }
    if (adapter.equals(INPUTS)) {
      OnnxTensors tensors = new OnnxTensors(precision);
      try (SavedModel<?> model = saved.model(request.config(), request.run(), tensors)) {
        return write(request, model, m -> new Recorded(opened(m, tensors, int8), "inputs"));
      }
    }
    try (SavedModel<?> model =
        saved.model(request.config(), request.run(), DjlTensors.open(precision))) {
      return write(request, model, m -> lifted(m, int8));
    }
  }

  private static ModelGraph opened(SavedModel<?> saved, OnnxTensors tensors, boolean int8) {
    ModelGraph.Options options = new ModelGraph.Options(spans(saved), true, int8);
    return ModelGraph.of(saved.model(), tensors, options);
  }

  private static Recorded lifted(SavedModel<?> saved, boolean int8) {
    ModelGraph.Options options = new ModelGraph.Options(spans(saved), false, int8);
    return saved
        .model()
        .tensors()
        .freeing(
            () ->
                saved
                    .model()
                    .merged()
                    .<Model<?>>map(model -> model)
                    .map(model -> new Recorded(ModelGraph.lifted(model, options), "merged"))
                    .orElseGet(
                        () -> new Recorded(ModelGraph.lifted(saved.model(), options), "folded")));
  }

  private static int spans(SavedModel<?> saved) {
    return saved.inputs().task().spec().spans();
  }

  private static List<String> write(
      Request request, SavedModel<?> saved, Function<SavedModel<?>, Recorded> recorder) {
    Recorded recorded = recorder.apply(saved);
    Map<String, String> metadata = metadata(request, saved, recorded);
    String text = text(request, saved, recorded);
    GraphFile file =
        new GraphFile(recorded.graph(), new GraphFile.Description(Version.NUMBER, text, metadata));
    List<String> written = new ArrayList<>();
    List<String> inputs = recorded.graph().adapterInputs();
    if (!inputs.isEmpty()) {
      Path beside =
          request.to().resolveSibling(request.to().getFileName() + ".adapter.safetensors");
      SafetensorsWriter.write(beside, recorded.graph().adapter(), metadata);
      written.add(beside + ": the adapter, " + inputs.size() + " tensors, each an input");
    }
    boolean withData = file.write(request.to());
    written.add(request.to() + ": " + text);
    Path data = GraphFile.data(request.to());
    if (!withData && Files.exists(data)) {
      written.add(
          data
              + ": not of this export, which doesn't read it; remove it if it was an earlier one's");
    }
    recorded
        .graph()
        .features()
        .keySet()
        .forEach(
            name ->
                written.add(
                    "input "
                        + name
                        + ": the mean of a text's word vectors, which this program computes"));
    return written;
  }

  private static Map<String, String> metadata(
      Request request, SavedModel<?> saved, Recorded recorded) {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, String> settings = saved.inputs().settings();
    metadata.put("trimtab", Version.NUMBER);
    metadata.put("backbone", saved.inputs().backbone().name());
    metadata.put("backbone.sha256", saved.inputs().backbone().sha256());
    metadata.put("tokenizer.sha256", saved.inputs().backbone().tokenizerSha256());
    metadata.put("task", saved.inputs().task().name());
    metadata.put("labels", Json.line(saved.inputs().task().words()));
    metadata.put("method", method(saved));
    metadata.put("adapter", recorded.adapter());
    metadata.put("longestText", Integer.toString(saved.longestText()));
    metadata.put("quantization", request.options().containsKey(INT8) ? "int8" : "none");
    settings.forEach((key, value) -> metadata.put("settings." + key, value));
    return metadata;
  }

  private static String text(Request request, SavedModel<?> saved, Recorded recorded) {
    return String.format(
        Locale.ROOT,
        "%s with %s (%s) for the task %s, weights %s",
        saved.inputs().backbone().name(),
        method(saved),
        recorded.adapter(),
        saved.inputs().task().name(),
        request.options().containsKey(INT8) ? "of 8 bits" : "as trained");
  }

  private static String method(SavedModel<?> saved) {
    return saved.inputs().settings().getOrDefault("method.type", "");
  }
}
