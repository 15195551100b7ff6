package org.trimtab.weights;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** The parameters that the tensors of an adapter's file go to. */
public final class TensorTargets {
  private static final String METHOD = "the method over this backbone";
  private static final String HEAD = "the head for the task's classes";
  private final Tensors tensors;
  private final Map<String, Target> byName = new LinkedHashMap<>();

  private record Target(Tensor parameter, String meaning, long... shape) {}

  /** None yet, of parameters that {@code tensors} holds. */
  public TensorTargets(Tensors tensors) {
    this.tensors = tensors;
  }

  /** The shapes of {@code params}, by their names. */
  public static Map<String, long[]> shapes(Params params, Tensors tensors) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    params.all().forEach(p -> shapes.put(p.name(), tensors.shape(p.value())));
    return shapes;
  }

  /** A method's parameter as the tensor {@code name}, in whatever shape of as many values. */
  public void add(String name, Param param, long... shape) {
    byName.put(name, new Target(param.value(), METHOD, shape));
  }

  /** Parameters whose tensors have their names and shapes. */
  public void addAll(Params params) {
    params.all().forEach(p -> add(p.name(), p, tensors.shape(p.value())));
  }

  /** A head's parameter as the tensor {@code name}. */
  public void addOfHead(String name, Param param) {
    byName.put(name, new Target(param.value(), HEAD, tensors.shape(param.value())));
  }

  /**
   * Gives every parameter the values of its tensor.
   *
   * @throws UserError if one is missing, belongs to no parameter, has another shape, or holds
   *     values that are no numbers
   */
  public void load(AdapterTensors file) {
    requireNoMore(file);
    byName.forEach(
        (name, target) -> {
          HostTensor values = file.get(name, target.meaning(), target.shape());
          tensors.assign(target.parameter(), values.doubles());
        });
  }

  private void requireNoMore(AdapterTensors file) {
    Set<String> more = new LinkedHashSet<>(file.all().keySet());
    more.removeAll(byName.keySet());
    if (!more.isEmpty()) {
      AdapterTensors.Named first = file.all().get(more.iterator().next());
      throw new UserError(
          file.origin()
              + ": tensor '"
              + java.util.Objects.requireNonNull(first).whole()
              + "' belongs to no parameter of the method over this backbone (such tensors: "
              + more.size()
              + "): it is an adapter of another model, or its adapter_config.json of another one");
    }
  }
}
