package org.trimtab.experiments.trial;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Sha256;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.AdapterOrigin;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.model.Model;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.SafetensorsWriter;
import org.trimtab.weights.TrainedValues;

/** The trained part of a model on disk: its values, and what they belong to. */
final class AdapterFiles {
  private static final String VALUES = "adapter_model.safetensors";
  private final Path directory;

  AdapterFiles(Path directory) {
    this.directory = directory;
  }

  /** Saves the parameters of {@code model}, which is folded. */
  void save(Model<?> model, TrialInputs<?> inputs) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    saved(model).forEach((name, value) -> values.put(name, host(value, model.tensors())));
    SafetensorsWriter.write(directory.resolve(VALUES), values, Map.of());
    new AdapterOrigin(
            inputs.backbone().name(),
            inputs.backbone().sha256(),
            inputs.task().name(),
            hash(inputs.config().method().filesOfSaved()))
        .write(directory);
  }

  private static Optional<String> hash(List<Path> files) {
    return files.isEmpty() ? Optional.empty() : Optional.of(Sha256.of(files));
  }

  /**
   * Loads the values into the parameters of {@code model}, which is folded.
   *
   * @throws UserError if they belong to another backbone, names or shapes disagree, or a value is
   *     no number
   */
  void load(Model<?> model, TrialInputs<?> inputs) {
    AdapterOrigin origin = AdapterOrigin.read(directory);
    if (!origin.backboneSha256().equals(inputs.backbone().sha256())) {
      throw new UserError(
          directory
              + ": was trained on "
              + origin.backbone()
              + " (sha256 "
              + origin.backboneSha256()
              + "); found "
              + inputs.backbone().sha256());
    }
    requireFiles(origin, inputs.config().method().filesOfSaved());
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

  private void requireFiles(AdapterOrigin origin, List<Path> files) {
    if (!files.isEmpty() && !origin.filesSha256().equals(hash(files))) {
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
    HostTensor value = TrainedValues.of(values, name);
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
