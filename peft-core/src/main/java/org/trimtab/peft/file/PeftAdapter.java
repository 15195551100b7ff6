package org.trimtab.peft.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trimtab.adapter.SavedAdapter;
import org.trimtab.adapter.SavedHead;
import org.trimtab.architecture.Names;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.family.FamilyKinds;
import org.trimtab.head.Pooling;
import org.trimtab.json.JsonObject;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftMethod;
import org.trimtab.model.Model;
import org.trimtab.peft.PeftForm;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.weights.Safetensors;

/** An adapter of Hugging Face PEFT: its method and head, and the values that are loaded. */
public final class PeftAdapter implements SavedAdapter {
  private static final List<String> TASKS = List.of("SEQ_CLS", "CAUSAL_LM", "FEATURE_EXTRACTION");
  private static final String TRAINED_POOLER = "pooler";
  private static final String POOLER_PATH = "pooler.";
  private static final Set<String> SAVED =
      Set.of("classifier", "score", "head", "pre_classifier", TRAINED_POOLER);

  /** What says of an adapter where it comes from, and nothing that is computed. */
  private static final String[] HARMLESS = {
    "auto_mapping",
    "base_model_name_or_path",
    "inference_mode",
    "peft_version",
    "revision",
    "runtime_config",
    "task_type"
  };

  private final PeftFolder folder;
  private final JsonSettings settings;
  private final TensorNames tensors;
  private final Read read;
  private final Optional<String> family;

  /** Settings of a method, and its form. */
  private record Read(MethodConfig method, PeftForm<?> form) {}

  private PeftAdapter(
      PeftFolder folder,
      JsonSettings settings,
      TensorNames tensors,
      Read read,
      Optional<String> family) {
    this.folder = folder;
    this.settings = settings;
    this.tensors = tensors;
    this.read = read;
    this.family = family;
  }

  /** Reads the adapter in {@code directory}, whose family only its tensors tell. */
  public static PeftAdapter read(Path directory, MethodRegistry methods) {
    return read(directory, methods, Optional.empty());
  }

  /**
   * Reads the adapter in {@code directory}, all but its values.
   *
   * @param family the backbone's, where it is known: heads of some have the same tensors
   * @throws UserError if it is none, is damaged, or computes what no known method does
   */
  public static PeftAdapter read(Path directory, MethodRegistry methods, Optional<String> family) {
    PeftFolder folder = PeftFolder.find(directory);
    JsonSettings settings = new JsonSettings(JsonObject.read(folder.settings()));
    settings.known(HARMLESS);
    try (Safetensors values = Safetensors.open(folder.values())) {
      List<Names> models = FamilyKinds.ALL.names();
      TensorNames tensors = TensorNames.of(values.names(), models, folder.values());
      Read read = read(ModelSource.of(settings, tensors, models), methods);
      if (read.form().besideModel()) {
        PromptKeys.require(settings);
      }
      PeftAdapter adapter = new PeftAdapter(folder, settings, tensors, read, family);
      adapter.requireHead();
      return adapter;
    }
  }

  private static Read read(ModelSource source, MethodRegistry methods) {
    JsonSettings settings = source.settings();
    List<String> known = types(methods);
    String type = settings.oneOf("peft_type", known);
    List<Read> reads = new ArrayList<>();
    for (MethodBinding binding : methods.all()) {
      read(binding.method(), type, source).ifPresent(reads::add);
    }
    if (reads.size() != 1) {
      throw settings.wrong("peft_type", "methods that read " + type + ": found " + reads.size());
    }
    return reads.get(0);
  }

  private static List<String> types(MethodRegistry methods) {
    return methods.all().stream()
        .flatMap(binding -> binding.method().peft().stream())
        .map(PeftForm::type)
        .distinct()
        .sorted()
        .toList();
  }

  private static <C extends MethodConfig> Optional<Read> read(
      PeftMethod<C> method, String type, ModelSource source) {
    try {
      return method
          .peft()
          .filter(form -> form.type().equals(type))
          .flatMap(form -> form.read(source).map(config -> new Read(config, form)));
    } catch (Invalid e) {
      throw new UserError(source.settings().source() + ": " + e.within("method").told(), e);
    }
  }

  /** A head that is promised must be there, and what is saved with it must be known. */
  private void requireHead() {
    String task = settings.text("task_type", "");
    if (!task.isEmpty() && !TASKS.contains(task)) {
      throw settings.wrong(
          "task_type", "found " + task + "; allowed " + String.join(", ", TASKS) + ", or none");
    }
    for (String module : settings.texts("modules_to_save")) {
      if (!SAVED.contains(module)) {
        throw settings.wrong(
            "modules_to_save",
            "found " + module + "; allowed classifier, score, pooler, head, pre_classifier");
      }
    }
    if (task.equals("SEQ_CLS") && head().isEmpty()) {
      throw new UserError(
          folder.values()
              + ": has no head, which a SEQ_CLS adapter must have; found "
              + tensors.whole().size()
              + " tensors, none of a classifier of "
              + PeftHeads.families());
    }
  }

  private HeadChecks checks(PeftHead head) {
    return new HeadChecks(folder.values(), tensors, head);
  }

  private Optional<PeftHead> head() {
    return PeftHeads.among(tensors.whole().keySet(), tensors.prefix(), family);
  }

  @Override
  public MethodConfig method() {
    return read.method();
  }

  /** What the adapter says of the head: its own, or, without one, that there must be a pooler. */
  @Override
  public Optional<SavedHead> headSettings() {
    Optional<SavedHead> own = head().map(head -> head.settings(read.form().besideModel()));
    return own.isPresent() || pooler() == PoolerMode.NONE
        ? own
        : Optional.of(new SavedHead("linear", Pooling.POOLER));
  }

  @Override
  public boolean hasHead() {
    return head().isPresent();
  }

  @Override
  public PoolerMode pooler() {
    if (settings.texts("modules_to_save").contains(TRAINED_POOLER)) {
      return PoolerMode.TRAINED;
    }
    boolean attached = tensors.whole().keySet().stream().anyMatch(n -> n.startsWith(POOLER_PATH));
    boolean read = head().filter(PeftHead::pooler).isPresent();
    return attached || read ? PoolerMode.FROZEN : PoolerMode.NONE;
  }

  @Override
  public Optional<String> warning() {
    List<String> unread = settings.unread();
    List<String> told = new ArrayList<>();
    if (!unread.isEmpty()) {
      told.add(settings.source() + ": keys that are not read: " + String.join(", ", unread));
    }
    boolean prompt = read.form().besideModel() && !read.form().keysAndValues();
    if (prompt && head().filter(own -> own.row() == PeftHead.Row.LAST).isPresent()) {
      told.add(
          folder.settings()
              + ": with a prompt PEFT reads the last row of a batch, padding or not; here the last"
              + " token of each text is read, as PEFT does of a text alone");
    }
    return told.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", told));
  }

  @Override
  public void load(Model<?> model) {
    requireModel(model);
    head().map(this::checks).ifPresent(HeadChecks::requireWhole);
    try (Safetensors values = Safetensors.open(folder.values())) {
      new PeftValues(values, tensors).load(model, read.form(), head());
    }
  }

  private void requireModel(Model<?> model) {
    String found = model.backbone().spec().family();
    String prefix = model.backbone().prefix();
    Optional<String> other = tensors.prefix().filter(own -> !own.equals(prefix));
    if (other.isPresent()) {
      throw new UserError(
          folder.values()
              + ": an adapter of a "
              + other.get().replace(".", "")
              + "; found the backbone of a "
              + found);
    }
    head().map(this::checks).ifPresent(checks -> checks.requireOf(found));
    if (read.form().besideModel()) {
      PromptKeys.requireSizes(settings, model.backbone().spec(), read.form().keysAndValues());
    }
  }
}
