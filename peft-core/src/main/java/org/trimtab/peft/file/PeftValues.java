package org.trimtab.peft.file;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.trimtab.model.Model;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftTensor;
import org.trimtab.tensor.Param;
import org.trimtab.weights.AdapterTensors;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.TensorTargets;

/** The values of a file, on their way into a model's parameters. */
record PeftValues(Safetensors values, TensorNames names) {
  void load(Model<?> model, PeftForm<?> form, Optional<PeftHead> head) {
    TensorTargets targets = new TensorTargets(model.tensors());
    Map<String, PeftTensor> tensors =
        form.tensors(
            TensorTargets.shapes(model.module().params(), model.tensors()), model.backbone());
    for (Param param : model.module().params().all()) {
      PeftTensor tensor = Objects.requireNonNull(tensors.get(param.name()));
      targets.add(tensor.name(), param, tensor.shape());
    }
    targets.addAll(model.backbone().params());
    head.ifPresent(
        own ->
            model
                .head()
                .params()
                .all()
                .forEach(param -> targets.addOfHead(own.theirs(param.name()), param)));
    targets.load(AdapterTensors.of(values, names.whole()));
  }
}
