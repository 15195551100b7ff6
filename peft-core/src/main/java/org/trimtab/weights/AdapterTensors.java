package org.trimtab.weights;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/**
 * The tensors of an adapter's file by shorter names than the file's.
 *
 * @param origin where they come from, for messages
 * @param all by the short names
 */
public record AdapterTensors(String origin, Map<String, Named> all) {
  /**
   * One of them.
   *
   * @param whole its name in the file
   * @param values which are read when they are asked for
   */
  public record Named(String whole, Supplier<HostTensor> values) {}

  /**
   * Those of {@code file}.
   *
   * @param whole the names in the file, by the short ones
   */
  public static AdapterTensors of(WeightSource file, Map<String, String> whole) {
    Map<String, Named> all = new LinkedHashMap<>();
    whole.forEach(
        (name, inFile) -> all.put(name, new Named(inFile, () -> TrainedValues.of(file, inFile))));
    return new AdapterTensors(file.origin(), all);
  }

  /** One of those that there may be. */
  public Optional<HostTensor> find(String name) {
    return Optional.ofNullable(all.get(name)).map(named -> named.values().get());
  }

  /**
   * The tensor called {@code name}, of the shape {@code shape}.
   *
   * @param meaning what says the shape, for messages
   * @throws UserError if there is none, it has another shape, or it holds values that are no
   *     numbers
   */
  public HostTensor get(String name, String meaning, long... shape) {
    HostTensor values = find(name).orElseThrow(() -> missing(name));
    if (!Arrays.equals(shape, values.shape())) {
      throw new UserError(
          origin
              + ": tensor '"
              + Optional.ofNullable(all.get(name)).orElseThrow().whole()
              + "' has the shape "
              + Arrays.toString(values.shape())
              + "; expected "
              + Arrays.toString(shape)
              + ", of "
              + meaning);
    }
    return values;
  }

  private UserError missing(String name) {
    return new UserError(
        origin
            + ": has no tensor '"
            + name
            + "', which the method has over this backbone: it is an adapter of another model, or"
            + " incomplete");
  }

  /** The same with {@code value} in the place of {@code names}. */
  public AdapterTensors with(String name, HostTensor value, Collection<String> names) {
    Map<String, Named> more = new LinkedHashMap<>(all);
    more.keySet().removeAll(names);
    more.put(name, new Named(name, () -> value));
    return new AdapterTensors(origin, more);
  }
}
