package org.trimtab.peft.file;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.trimtab.base.UserError;
import org.trimtab.model.Model;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftTensor;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.TrainedValues;

/** The values of a file, on their way into a model's parameters. */
record PeftValues(Safetensors values, TensorNames names) {
  /** Where a tensor goes. */
  private record Target(Tensor parameter, long... shape) {}

  void load(Model<?> model, PeftForm<?> form, boolean withHead) {
    Map<String, Target> targets = new LinkedHashMap<>();
    Map<String, long[]> shapes = shapes(model.module().params(), model.tensors());
    Map<String, PeftTensor> tensors = form.tensors(shapes);
    for (Param param : model.module().params().all()) {
      PeftTensor tensor = java.util.Objects.requireNonNull(tensors.get(param.name()));
      targets.put(tensor.name(), new Target(param.value(), tensor.shape()));
    }
    asTheyAre(model.backbone().params(), model.tensors(), targets);
    if (withHead) {
      asTheyAre(model.head().params(), model.tensors(), targets);
    }
    requireNoMore(targets.keySet());
    targets.forEach((name, target) -> assign(name, target, model.tensors()));
  }

  static Map<String, long[]> shapes(Params params, Tensors tensors) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    params.all().forEach(p -> shapes.put(p.name(), tensors.shape(p.value())));
    return shapes;
  }

  private static void asTheyAre(Params params, Tensors tensors, Map<String, Target> targets) {
    params
        .all()
        .forEach(p -> targets.put(p.name(), new Target(p.value(), tensors.shape(p.value()))));
  }

  private void requireNoMore(Set<String> expected) {
    Set<String> more = new LinkedHashSet<>(names.whole().keySet());
    more.removeAll(expected);
    if (!more.isEmpty()) {
      throw new UserError(
          values.origin()
              + ": tensor '"
              + names.whole().get(more.iterator().next())
              + "' belongs to no parameter of the method over this backbone (such tensors: "
              + more.size()
              + "): it is an adapter of another model, or its adapter_config.json of another one");
    }
  }

  private void assign(String name, Target target, Tensors tensors) {
    String whole = names.whole().get(name);
    if (whole == null) {
      throw new UserError(
          values.origin()
              + ": has no tensor '"
              + name
              + "', which the method has over this backbone: it is an adapter of another model, or"
              + " incomplete");
    }
    HostTensor value = TrainedValues.of(values, whole);
    if (!Arrays.equals(target.shape(), value.shape())) {
      throw new UserError(
          values.origin()
              + ": tensor '"
              + whole
              + "' has the shape "
              + Arrays.toString(value.shape())
              + "; expected "
              + Arrays.toString(target.shape())
              + (PeftHead.owns(name)
                  ? ", of the head for the task's classes"
                  : ", of the method over this backbone"));
    }
    tensors.assign(target.parameter(), value.doubles());
  }
}
