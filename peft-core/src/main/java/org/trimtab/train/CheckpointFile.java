package org.trimtab.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.SafetensorsWriter;

/**
 * A {@link TrainingState} as one safetensors file, which is replaced whole or not at all.
 *
 * <p>Tensors are called {@code value/NAME}, {@code best/NAME} and {@code optimizer/NAME/SLOT}; the
 * numbers stand in the header's metadata. It holds the full trainable state; what is handed on
 * after a training, folded, is the adapter.
 */
public final class CheckpointFile {
  private static final String VALUE = "value/";
  private static final String BEST = "best/";
  private static final String OPTIMIZER = "optimizer/";
  private final Path file;
  private final Params params;
  private final Tensors tensors;

  /** The checkpoint of a training of {@code params}. */
  public CheckpointFile(Path file, Params params, Tensors tensors) {
    this.file = file;
    this.params = params;
    this.tensors = tensors;
  }

  /**
   * A state, and what else its owner wrote down.
   *
   * @param notes anything, by names of the owner's
   */
  public record Saved(TrainingState state, Map<String, String> notes) {}

  /** Replaces what was saved before. */
  public void save(Saved saved) {
    TrainingState state = saved.state();
    Map<String, HostTensor> all = new LinkedHashMap<>();
    int i = 0;
    for (Param param : params.all()) {
      all.put(VALUE + param.name(), host(state.values().get(i), param));
      if (!state.bestValues().isEmpty()) {
        all.put(BEST + param.name(), host(state.bestValues().get(i), param));
      }
      i++;
    }
    state.optimizer().forEach((name, values) -> all.put(OPTIMIZER + name, values));
    SafetensorsWriter.write(file, all, metadata(saved));
  }

  private static Map<String, String> metadata(Saved saved) {
    TrainingState state = saved.state();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("step", Long.toString(state.step()));
    metadata.put("epoch", Integer.toString(state.epoch()));
    metadata.put("update", Integer.toString(state.update()));
    metadata.put("best", Double.toString(state.best()));
    metadata.put("best_step", Long.toString(state.bestStep()));
    metadata.put("evaluations_without_better", Integer.toString(state.evaluationsWithoutBetter()));
    metadata.put("warnings", String.join("\n", state.warnings()));
    saved.notes().forEach((name, note) -> metadata.put("note." + name, note));
    return metadata;
  }

  /**
   * What was saved last; empty where nothing was.
   *
   * @throws UserError if the file is damaged, or belongs to other parameters
   */
  public Optional<Saved> load() {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Safetensors values = Safetensors.open(file)) {
      return Optional.of(read(values));
    } catch (NumberFormatException e) {
      throw new UserError(file + ": no checkpoint: " + e.getMessage(), e);
    }
  }

  private Saved read(Safetensors file) {
    Map<String, String> words = file.metadata();
    Map<String, HostTensor> optimizer = new LinkedHashMap<>();
    List<String> names = file.names();
    for (String name : names) {
      if (name.startsWith(OPTIMIZER)) {
        optimizer.put(name.substring(OPTIMIZER.length()), file.tensor(name).copied());
      }
    }
    boolean best = names.stream().anyMatch(name -> name.startsWith(BEST));
    String warnings = word(words, "warnings");
    TrainingState state =
        new TrainingState(
            Long.parseLong(word(words, "step")),
            Integer.parseInt(word(words, "epoch")),
            Integer.parseInt(word(words, "update")),
            Double.parseDouble(word(words, "best")),
            Long.parseLong(word(words, "best_step")),
            Integer.parseInt(word(words, "evaluations_without_better")),
            warnings.isEmpty() ? List.of() : List.of(warnings.split("\n", -1)),
            values(file, VALUE),
            best ? values(file, BEST) : List.of(),
            optimizer);
    Map<String, String> notes = new LinkedHashMap<>();
    words.forEach(
        (name, word) -> {
          if (name.startsWith("note.")) {
            notes.put(name.substring("note.".length()), word);
          }
        });
    return new Saved(state, notes);
  }

  private List<double[]> values(Safetensors file, String prefix) {
    List<double[]> values = new ArrayList<>();
    params.all().forEach(param -> values.add(file.tensor(prefix + param.name()).doubles()));
    return values;
  }

  private static String word(Map<String, String> words, String name) {
    String word = words.get(name);
    if (word == null) {
      throw new NumberFormatException("it has no '" + name + "'");
    }
    return word;
  }

  private HostTensor host(double[] values, Param param) {
    return host(values, tensors.shape(param.value()));
  }

  /** In the precision of the training, so that nothing is rounded. */
  private HostTensor host(double[] values, long... shape) {
    if (tensors.precision() == Precision.FP64) {
      return HostTensor.of(values, shape);
    }
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return HostTensor.of(floats, shape);
  }
}
