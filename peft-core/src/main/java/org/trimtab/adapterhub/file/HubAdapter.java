package org.trimtab.adapterhub.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.trimtab.adapter.SavedAdapter;
import org.trimtab.adapter.SavedHead;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.json.JsonObject;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.MethodConfig;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Param;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.weights.AdapterTensors;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.TensorTargets;

/** An adapter of the adapters library: its method and head, and the values that are loaded. */
public final class HubAdapter implements SavedAdapter {
  private static final String VERSION = "version";
  private static final String LIBRARY = "adapters.";

  private final HubFolder folder;
  private final RegisteredForms forms;
  private final Told told;
  private final MethodConfig method;
  private final Optional<HubHead> head;
  private final List<JsonSettings> settings;

  /**
   * What the files say beside the configuration.
   *
   * @param name of the adapter
   */
  private record Told(String name, String family, int hidden) {}

  private HubAdapter(
      HubFolder folder, RegisteredForms forms, Told told, List<JsonSettings> settings) {
    this.folder = folder;
    this.forms = forms;
    this.told = told;
    this.settings = settings;
    method = withTensors(tensors -> method(tensors));
    head = folder.hasHead() ? Optional.of(HubHead.read(folder, settings)) : Optional.empty();
  }

  /**
   * Reads the adapter in {@code directory}, all but its values.
   *
   * @throws UserError if it is none, is damaged, or computes what no known method does
   */
  public static HubAdapter read(Path directory, MethodRegistry methods) {
    HubFolder folder = HubFolder.find(directory);
    JsonSettings outer = new JsonSettings(JsonObject.read(folder.settings()));
    outer.known("config", "model_class", "model_name");
    String version = outer.text(VERSION, "none");
    if (!version.startsWith(LIBRARY)) {
      throw outer.wrong(VERSION, "found " + version + "; allowed adapters.1.3.0 and the like");
    }
    Told told =
        new Told(
            outer.text("name", ""),
            outer.oneOf("model_type", BertConfig.FAMILIES),
            outer.number("hidden_size"));
    List<JsonSettings> settings = new ArrayList<>(List.of(outer));
    return new HubAdapter(folder, new RegisteredForms(methods), told, settings);
  }

  private <R> R withTensors(Function<AdapterTensors, R> use) {
    try (Safetensors values = Safetensors.open(folder.values())) {
      Map<String, String> names =
          HubTensorNames.shortened(values.names(), told.family(), told.name(), folder.values());
      return use.apply(AdapterTensors.of(values, names));
    }
  }

  private MethodConfig method(AdapterTensors tensors) {
    JsonObject json = JsonObject.read(folder.settings());
    FileSource whole = source(json.object("config"), tensors);
    requireScale(whole);
    try {
      return forms.readWhole(whole);
    } catch (Invalid e) {
      throw new UserError(folder.settings() + ": " + e.within("method").told(), e);
    }
  }

  private FileSource source(JsonObject json, AdapterTensors tensors) {
    List<HubSource> parts = new ArrayList<>();
    JsonSettings own = new JsonSettings(json);
    settings.add(own);
    if (json.has("configs")) {
      own.known("configs");
      json.objects("configs").forEach(part -> parts.add(source(part, tensors)));
    }
    return new FileSource(own, parts, told.hidden(), tensors);
  }

  /** Releases before 1.1.0 had left alpha / r out. */
  private void requireScale(FileSource whole) {
    JsonSettings own = whole.settings();
    String version = settings.get(0).text(VERSION, "");
    if (version.startsWith(LIBRARY + "0.") || version.startsWith(LIBRARY + "1.0.")) {
      boolean lora = whole.architecture().equals("lora");
      if (lora && own.decimal("r") != own.decimal("alpha")) {
        throw own.wrong(
            "alpha",
            "releases before adapters.1.1.0, which saved it ("
                + version
                + "), scaled by 1 whatever it was; allowed that of r, "
                + own.number("r"));
      }
    }
  }

  @Override
  public MethodConfig method() {
    return method;
  }

  @Override
  public Optional<SavedHead> headSettings() {
    return head.map(own -> own.settings(forms.promptFirst(method)));
  }

  @Override
  public boolean hasHead() {
    return head.isPresent();
  }

  @Override
  public PoolerMode pooler() {
    return head.filter(HubHead::pooler).isPresent() ? PoolerMode.FROZEN : PoolerMode.NONE;
  }

  @Override
  public Optional<String> warning() {
    String unread =
        settings.stream()
            .filter(own -> !own.unread().isEmpty())
            .map(own -> own.source() + ": " + String.join(", ", own.unread()))
            .collect(Collectors.joining("; "));
    return unread.isEmpty() ? Optional.empty() : Optional.of("keys that are not read: " + unread);
  }

  @Override
  public void load(Model<?> model) {
    requireModel(model);
    TensorTargets targets = new TensorTargets(model.tensors());
    Map<String, HubTensor> theirs =
        forms.tensors(method, TensorTargets.shapes(model.module().params(), model.tensors()));
    for (Param param : model.module().params().all()) {
      HubTensor tensor = Optional.ofNullable(theirs.get(param.name())).orElseThrow();
      targets.add(tensor.name(), param, tensor.shape());
    }
    withTensors(
        tensors -> {
          targets.load(forms.folded(method, tensors));
          return targets;
        });
    head.ifPresent(own -> loadHead(own, model));
  }

  private void loadHead(HubHead own, Model<?> model) {
    TensorTargets targets = new TensorTargets(model.tensors());
    for (Param param : model.head().params().all()) {
      String name = Optional.ofNullable(own.tensors().get(param.name())).orElseThrow();
      targets.addOfHead(name, param);
    }
    try (Safetensors values = Safetensors.open(folder.headValues())) {
      targets.load(
          AdapterTensors.of(
              values, values.names().stream().collect(Collectors.toMap(n -> n, n -> n))));
    }
  }

  private void requireModel(Model<?> model) {
    String family = model.backbone().spec().family();
    JsonSettings outer = settings.get(0);
    if (!family.equals(told.family())) {
      throw outer.wrong(
          "model_type", "of another model; found " + told.family() + "; allowed " + family);
    }
    int hidden = model.backbone().spec().hidden();
    if (hidden != told.hidden()) {
      throw outer.wrong(
          "hidden_size", "of another model; found " + told.hidden() + "; allowed " + hidden);
    }
  }
}
