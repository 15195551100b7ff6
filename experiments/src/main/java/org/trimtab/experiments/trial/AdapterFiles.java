package org.trimtab.experiments.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.Hashes;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.model.Model;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.SafetensorsWriter;

/** The trained part of a model on disk: its values, and what they belong to. */
final class AdapterFiles {
  private static final String VALUES = "adapter_model.safetensors";
  private static final String CONFIG = "adapter_config.json";
  private static final String TRIMTAB = "trimtab.json";
  private static final String FILES = "files_sha256";
  private final Path directory;

  AdapterFiles(Path directory) {
    this.directory = directory;
  }

  /** Saves the parameters of {@code model}, which is folded. */
  void save(Model<?> model, TrialInputs<?> inputs, String method) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    saved(model).forEach((name, value) -> values.put(name, host(value, model.tensors())));
    SafetensorsWriter.write(directory.resolve(VALUES), values, Map.of());
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("base_model_name_or_path", inputs.backbone().name());
    config.put("inference_mode", true);
    config.put("peft_type", method);
    config.put("task_type", "SEQ_CLS");
    AtomicFile.writeText(directory.resolve(CONFIG), Json.pretty(config));
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("backbone", inputs.backbone().name());
    own.put("backbone_sha256", inputs.backbone().sha256());
    own.put("task", inputs.task().name());
    own.put("folded", true);
    List<Path> files = inputs.config().method().filesOfSaved();
    if (!files.isEmpty()) {
      own.put(FILES, Hashes.of(files));
    }
    AtomicFile.writeText(directory.resolve(TRIMTAB), Json.pretty(own));
  }

  /**
   * Loads the values into the parameters of {@code model}, which is folded.
   *
   * @throws UserError if they belong to another backbone, or names or shapes disagree
   */
  void load(Model<?> model, TrialInputs<?> inputs) {
    JsonNode own = Json.read(directory.resolve(TRIMTAB));
    String trainedOn = own.path("backbone_sha256").asText();
    if (!trainedOn.equals(inputs.backbone().sha256())) {
      throw new UserError(
          directory
              + ": was trained on "
              + own.path("backbone").asText()
              + " (sha256 "
              + trainedOn
              + "); found "
              + inputs.backbone().sha256());
    }
    requireFiles(own, inputs.config().method().filesOfSaved());
    Path file = directory.resolve(VALUES);
    Map<String, Tensor> saved = saved(model);
    try (Safetensors values = Safetensors.open(file)) {
      for (String name : values.names()) {
        if (!saved.containsKey(name)) {
          throw new UserError(file + ": tensor '" + name + "' belongs to no parameter");
        }
      }
      saved.forEach((name, value) -> assign(name, value, values, model.tensors()));
    }
  }

  private void requireFiles(JsonNode own, List<Path> files) {
    if (!files.isEmpty() && !own.path(FILES).asText().equals(Hashes.of(files))) {
      throw new UserError(
          directory + ": was trained with other contents of " + files + " than are there now");
    }
  }

  /** Parameters and constants by their names. */
  private static Map<String, Tensor> saved(Model<?> model) {
    Map<String, Tensor> saved = new LinkedHashMap<>();
    model.params().all().forEach(p -> saved.put(p.name(), p.value()));
    saved.putAll(model.module().constants());
    return saved;
  }

  private static void assign(String name, Tensor tensor, Safetensors values, Tensors tensors) {
    HostTensor value = values.tensor(name);
    long[] shape = tensors.shape(tensor);
    if (!java.util.Arrays.equals(shape, value.shape())) {
      throw new UserError(
          values.origin()
              + ": tensor '"
              + name
              + "' has the shape "
              + java.util.Arrays.toString(value.shape())
              + "; expected "
              + java.util.Arrays.toString(shape));
    }
    tensors.assign(tensor, value.doubles());
  }

  private static HostTensor host(Tensor tensor, Tensors tensors) {
    long[] shape = tensors.shape(tensor);
    return tensors.precision() == Precision.FP32
        ? HostTensor.of(tensors.floats(tensor), shape)
        : HostTensor.of(tensors.doubles(tensor), shape);
  }
}
