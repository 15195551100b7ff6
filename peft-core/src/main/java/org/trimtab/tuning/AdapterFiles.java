package org.trimtab.tuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.FileErrors;
import org.trimtab.base.Sha256;
import org.trimtab.base.UserError;
import org.trimtab.model.Model;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.SafetensorsWriter;
import org.trimtab.weights.TrainedValues;

/** The trained part of a model on disk: its values, and what they belong to. */
public final class AdapterFiles {
  /** All that the values don't say: method, head, labels, lengths. */
  public static final String EXPERIMENT = "experiment.yaml";

  /** An adapter's folder in that of a run. */
  public static final String OF_RUN = "adapter";

  private static final String VALUES = "adapter_model.safetensors";
  private final Path directory;

  public AdapterFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes an adapter's folder where it is missing.
   *
   * @throws UserError if it can't be made
   */
  public static void makeFolder(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw FileErrors.unwritable(directory, e);
    }
  }

  /**
   * Saves the parameters of {@code model}, which is folded.
   *
   * @param dataSha256 of what it was trained and scored on
   */
  public void save(Model<?> model, ModelSources<?> sources, String dataSha256) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    saved(model).forEach((name, value) -> values.put(name, host(value, model.tensors())));
    SafetensorsWriter.write(directory.resolve(VALUES), values, Map.of());
    new AdapterOrigin(
            sources.backbone().name(),
            sources.task().name(),
            new AdapterOrigin.Hashes(
                sources.backbone().sha256(),
                sources.backbone().tokenizerSha256(),
                dataSha256,
                hash(sources.config().method().filesOfSaved())),
            sources.settings())
        .write(directory);
  }

  private static Optional<String> hash(List<Path> files) {
    return files.isEmpty() ? Optional.empty() : Optional.of(Sha256.of(files));
  }

  /**
   * Loads the values into the parameters of {@code model}, which is folded.
   *
   * @throws UserError if they belong to another backbone, tokenizer, method's files or settings,
   *     names or shapes disagree, or a value is no number
   */
  public void load(Model<?> model, ModelSources<?> sources) {
    AdapterOrigin origin = AdapterOrigin.read(directory);
    requireHash("on " + origin.backbone(), origin.hashes().backbone(), sources.backbone().sha256());
    requireHash(
        "with another tokenizer",
        origin.hashes().tokenizer(),
        sources.backbone().tokenizerSha256());
    requireFiles(origin, sources.config().method().filesOfSaved());
    requireSettings(origin, sources);
    Path file = directory.resolve(VALUES);
    Map<String, Tensor> saved = saved(model);
    UserError.advising(
        "put the file back, or train anew",
        () -> {
          assign(saved, file, model.tensors());
          return file;
        });
  }

  private static void assign(Map<String, Tensor> saved, Path file, Tensors tensors) {
    try (Safetensors values = Safetensors.open(file)) {
      for (String name : values.names()) {
        if (!saved.containsKey(name)) {
          throw new UserError(file + ": tensor '" + name + "' belongs to no parameter");
        }
      }
      saved.forEach((name, value) -> assign(name, value, values, tensors));
    }
  }

  private void requireHash(String with, String saved, String found) {
    if (!saved.equals(found)) {
      throw new UserError(
          directory + ": was trained " + with + " (sha256 " + saved + "); found " + found);
    }
  }

  private void requireSettings(AdapterOrigin origin, ModelSources<?> sources) {
    List<String> changed = SavedChanges.ofModel(origin.settings(), sources.settings());
    if (!changed.isEmpty()) {
      throw new UserError(
          directory
              + ": was trained with other settings; found "
              + String.join(", ", changed)
              + "; allowed other paths, and other ways to read and score the task's data");
    }
  }

  /** In words, how the data differ from those that the model was trained and scored on. */
  public List<String> changesOfData(Map<String, String> settings, String dataSha256) {
    AdapterOrigin origin = AdapterOrigin.read(directory);
    List<String> changes = new ArrayList<>(SavedChanges.ofData(origin.settings(), settings));
    if (!origin.hashes().data().equals(dataSha256)) {
      changes.add("sha256 " + origin.hashes().data() + " -> " + dataSha256);
    }
    return changes;
  }

  /** In words, how the backbone is rounded otherwise than it was in training. */
  public Optional<String> changeOfRounding(Map<String, String> settings) {
    return SavedChanges.ofRounding(AdapterOrigin.read(directory).settings(), settings);
  }

  private void requireFiles(AdapterOrigin origin, List<Path> files) {
    if (!files.isEmpty() && !origin.hashes().files().equals(hash(files))) {
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
