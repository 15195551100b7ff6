package org.trimtab.peft.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.FileErrors;
import org.trimtab.base.Invalid;
import org.trimtab.head.HeadConfig;
import org.trimtab.json.Json;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftMethod;
import org.trimtab.model.Model;
import org.trimtab.peft.PeftForm;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.weights.SafetensorsWriter;
import org.trimtab.weights.TensorTargets;

/** Writes adapters that Hugging Face PEFT loads onto {@code AutoModelForSequenceClassification}. */
public final class PeftWriter {
  private static final String POOLER = "pooler.";
  private final MethodRegistry methods;

  public PeftWriter(MethodRegistry methods) {
    this.methods = methods;
  }

  /**
   * Writes {@code adapter_config.json} and {@code adapter_model.safetensors}.
   *
   * @param folder is made where it is missing
   * @param model a folded one of {@code method} and {@code head}
   * @throws Invalid for {@code method}, {@code head} or {@code backbone} with what PEFT hasn't
   */
  public void write(Path folder, Model<?> model, MethodConfig method, HeadConfig head) {
    MethodBinding binding = methods.bindingOf(method);
    Form form = form(binding.method(), binding.name(), method, model);
    PeftHead theirs = PeftHead.require(head, model);
    List<String> saved = saved(model);
    BackboneSpec spec = model.backbone().spec();
    Map<String, Object> json = new TreeMap<>(form.keys());
    if (form.form().besideModel()) {
      json.putAll(PromptKeys.of(spec, form.form().keysAndValues()));
    }
    json.put("peft_type", form.form().type());
    json.put("task_type", "SEQ_CLS");
    json.put("inference_mode", true);
    json.put("modules_to_save", saved);
    json.put("base_model_name_or_path", null); // that of the run is a folder of this machine's
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
    SafetensorsWriter.write(
        folder.resolve(PeftFolder.VALUES), tensors(model, form.form(), theirs), Map.of());
    AtomicFile.writeText(folder.resolve(PeftFolder.SETTINGS), Json.pretty(json));
  }

  /** A method's form, and what it says of its settings. */
  private record Form(PeftForm<?> form, Map<String, Object> keys) {}

  private <C extends MethodConfig> Form form(
      PeftMethod<C> method, String name, MethodConfig config, Model<?> model) {
    PeftForm<C> form =
        method
            .peft()
            .orElseThrow(
                () ->
                    new Invalid(
                        "method.type",
                        "PEFT has no form of it; found " + name + "; allowed " + allowed()));
    try {
      return new Form(form, form.write(method.configType().cast(config), model.backbone()));
    } catch (Invalid e) {
      throw e.within("method");
    }
  }

  private String allowed() {
    return methods.all().stream()
        .filter(binding -> binding.method().peft().isPresent())
        .map(MethodBinding::name)
        .collect(Collectors.joining(", "));
  }

  /** The modules that PEFT is to keep whole: the head, and the backbone's own that trains. */
  private static List<String> saved(Model<?> model) {
    List<String> saved = new ArrayList<>(List.of("classifier", "score"));
    for (Param param : model.backbone().params().all()) {
      if (!param.name().startsWith(POOLER)) {
        throw new Invalid(
            "backbone.tuning", "a model that trains whole is no adapter; allowed frozen");
      }
    }
    if (!model.backbone().params().isEmpty()) {
      saved.add("pooler");
    }
    return saved;
  }

  private static Map<String, HostTensor> tensors(Model<?> model, PeftForm<?> form, PeftHead head) {
    boolean beside = form.besideModel();
    String prefix = model.backbone().prefix();
    Map<String, HostTensor> tensors = new TreeMap<>();
    form.tensors(TensorTargets.shapes(model.module().params(), model.tensors()), model.backbone())
        .forEach(
            (name, theirs) -> {
              Param param = model.module().params().find(name).orElseThrow();
              HostTensor host = model.tensors().host(param.value());
              String whole =
                  beside ? theirs.name() : TensorNames.written(theirs.name(), prefix, false);
              tensors.put(whole, new HostTensor(host.type(), theirs.shape(), host.data()));
            });
    for (Param param : model.backbone().params().all()) {
      tensors.put(
          TensorNames.written(param.name(), prefix, beside), model.tensors().host(param.value()));
    }
    for (Param param : model.head().params().all()) {
      tensors.put(
          TensorNames.written(head.theirs(param.name()), "", beside),
          model.tensors().host(param.value()));
    }
    return tensors;
  }
}
