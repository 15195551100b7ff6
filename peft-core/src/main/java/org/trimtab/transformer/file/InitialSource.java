package org.trimtab.transformer.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.architecture.Architecture;
import org.trimtab.base.Lazy;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.WeightSource;

/** A new model's weights as a file would hold them, drawn when the first one is asked for. */
public final class InitialSource implements WeightSource {
  private final String origin;
  private final List<String> names;
  private final Lazy<Map<String, HostTensor>> tensors;

  /**
   * Of {@code architecture}.
   *
   * @param origin for messages
   * @param seed of the values
   */
  public InitialSource(Architecture architecture, long seed, String origin) {
    TensorShapes shapes = new TensorShapes(architecture);
    this.origin = origin;
    names = shapes.inFiles();
    tensors = new Lazy<>(() -> shapes.joined(InitialWeights.of(architecture, seed)));
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public HostTensor tensor(String name) {
    return Optional.ofNullable(tensors.get().get(name))
        .orElseThrow(() -> new UserError(origin + ": the model has no tensor '" + name + "'"));
  }

  /** Nothing is open. */
  @Override
  public void close() {}
}
