package org.trimtab.adapterhub.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.FileErrors;
import org.trimtab.base.Invalid;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.head.HeadConfig;
import org.trimtab.json.Json;
import org.trimtab.method.MethodConfig;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.weights.SafetensorsWriter;
import org.trimtab.weights.TensorTargets;

/** Writes adapters that the adapters library loads onto {@code AutoAdapterModel}. */
public final class HubWriter {
  private static final String VERSION = "adapters.1.3.0";
  private final RegisteredForms forms;

  public HubWriter(MethodRegistry methods) {
    forms = new RegisteredForms(methods);
  }

  /**
   * What the files say of the task.
   *
   * @param name of the adapter and its head; what isn't a letter, digit or hyphen becomes one
   * @param labels of the classes; none for a regression
   * @param choices of an example; 1 where it is one text or pair
   */
  public record Description(String name, List<String> labels, int choices) {
    public Description {
      name = name.replaceAll("[^A-Za-z0-9_-]+", "-");
    }

    /** How many numbers the head gives a text. */
    int outputs() {
      return choices > 1 ? 1 : Math.max(1, labels.size());
    }

    /** The classes by their labels; null, which is the library's none, where nothing tells them. */
    @Nullable Map<String, Integer> labelNumbers() {
      Map<String, Integer> numbers = new LinkedHashMap<>();
      for (int i = 0; i < labels.size(); i++) {
        numbers.put(labels.get(i), i);
      }
      boolean told = choices == 1 && !labels.isEmpty() && numbers.size() == labels.size();
      return told ? numbers : null;
    }
  }

  /**
   * Writes the adapter's and the head's settings and values.
   *
   * @param folder is made where it is missing
   * @param model a folded one of {@code method} and {@code head}
   * @throws Invalid for {@code method}, {@code head} or {@code backbone} with what the library
   *     hasn't
   */
  public void write(
      Path folder,
      Model<?> model,
      MethodConfig method,
      HeadConfig headConfig,
      Description described) {
    BackboneSpec spec = model.backbone().spec();
    if (!BertConfig.FAMILIES.contains(spec.family())) {
      throw new Invalid(
          "backbone", "found a " + spec.family() + "; allowed " + BertConfig.FAMILIES);
    }
    requireFrozen(model);
    Map<String, Object> config;
    HubHead head;
    Map<String, HostTensor> values;
    try {
      config = forms.write(method, new HubTarget(model.backbone(), false));
      head = HubHead.of(headConfig, model, forms.promptFirst(method), described.name());
      values = tensors(model, method, described.name());
    } catch (Invalid e) {
      throw e.key().startsWith("head") || e.key().startsWith("task") ? e : e.within("method");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.unwritable(folder, e);
    }
    SafetensorsWriter.write(folder.resolve(HubFolder.VALUES), values, Map.of());
    SafetensorsWriter.write(folder.resolve(HubFolder.HEAD_VALUES), head(model, head), Map.of());
    writeSettings(folder.resolve(HubFolder.SETTINGS), config, spec, described);
    writeSettings(folder.resolve(HubFolder.HEAD_SETTINGS), head.keys(described), spec, described);
  }

  private static void writeSettings(
      Path file, Map<String, Object> config, BackboneSpec spec, Description described) {
    String family = spec.family();
    Map<String, Object> json = new TreeMap<>();
    json.put("config", config);
    json.put("hidden_size", spec.hidden());
    json.put(
        "model_class",
        family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1) + "AdapterModel");
    json.put("model_name", null); // that of the run is a folder of this machine's
    json.put("model_type", family);
    json.put("name", described.name());
    json.put("version", VERSION);
    AtomicFile.writeText(file, Json.pretty(json));
  }

  /** The library saves nothing of the backbone. */
  private static void requireFrozen(Model<?> model) {
    for (Param param : model.backbone().params().all()) {
      boolean pooler = param.name().startsWith("pooler.");
      throw new Invalid(
          pooler ? "backbone.pooler" : "backbone.tuning",
          pooler
              ? "the adapters library saves no pooler; found trained; allowed frozen"
              : "a model that trains whole is no adapter; allowed frozen");
    }
  }

  private Map<String, HostTensor> tensors(Model<?> model, MethodConfig method, String name) {
    String family = model.backbone().spec().family();
    Map<String, HostTensor> tensors = new TreeMap<>();
    forms
        .tensors(method, TensorTargets.shapes(model.module().params(), model.tensors()))
        .forEach(
            (ours, theirs) -> {
              Param param = model.module().params().find(ours).orElseThrow();
              HostTensor host = model.tensors().host(param.value());
              tensors.put(
                  HubTensorNames.written(theirs.name(), family, name),
                  new HostTensor(host.type(), theirs.shape(), host.data()));
            });
    return tensors;
  }

  private static Map<String, HostTensor> head(Model<?> model, HubHead head) {
    Map<String, HostTensor> tensors = new TreeMap<>();
    for (Param param : model.head().params().all()) {
      String theirs = Objects.requireNonNull(head.tensors().get(param.name()));
      tensors.put(theirs, model.tensors().host(param.value()));
    }
    return tensors;
  }
}
