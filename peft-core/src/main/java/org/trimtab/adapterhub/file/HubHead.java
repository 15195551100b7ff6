package org.trimtab.adapterhub.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.trimtab.adapter.SavedHead;
import org.trimtab.backbone.ReadRows;
import org.trimtab.base.Invalid;
import org.trimtab.head.DenseHeadConfig;
import org.trimtab.head.HeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.json.JsonObject;
import org.trimtab.json.JsonSettings;
import org.trimtab.model.Model;
import org.trimtab.tensor.Param;

/**
 * A head that the adapters library saves beside an adapter.
 *
 * @param type of ours that is the same
 * @param pooler whether it reads the backbone's pooler
 * @param tensors the file's names, by ours
 */
record HubHead(String type, boolean pooler, Map<String, String> tensors) {
  /** Which module of the library's head each of our layers is: a dropout stands before each. */
  private static final Map<String, String> LINEAR = Map.of("classifier.", "1.");

  private static final Map<String, String> DENSE =
      Map.of("classifier.dense.", "1.", "classifier.out_proj.", "4.");

  private static final List<String> PARAMETERS = List.of("weight", "bias");
  private static final List<String> HEADS = List.of("classification", "multiple_choice");
  private static final String BERT = "BertForSequenceClassification";
  private static final String ROBERTA = "RobertaForSequenceClassification";

  private static HubHead of(int layers, boolean pooler, UnaryOperator<String> name) {
    Map<String, String> modules = layers == 1 ? LINEAR : DENSE;
    Map<String, String> tensors = new LinkedHashMap<>();
    modules.forEach(
        (ours, theirs) -> PARAMETERS.forEach(p -> tensors.put(ours + p, name.apply(theirs + p))));
    return new HubHead(layers == 1 ? "linear" : "dense", pooler, tensors);
  }

  /**
   * Reads what {@code folder} says of its head.
   *
   * @param all where the settings that were read are noted
   * @throws org.trimtab.base.UserError if it is none that a head of ours can be equal to
   */
  static HubHead read(HubFolder folder, List<JsonSettings> all) {
    JsonObject json = JsonObject.read(folder.headSettings());
    JsonSettings outer = new JsonSettings(json);
    outer.known("config", "model_name", "version", "hidden_size", "num_labels", "label2id");
    all.add(outer);
    outer.known("model_type", "name", "model_class");
    if (!json.has("config")) {
      return ofClass(outer);
    }
    JsonSettings settings = new JsonSettings(json.object("config"));
    all.add(settings);
    return read(settings, json.text("name"));
  }

  /** That of a model's class, whose names are ours. */
  private static HubHead ofClass(JsonSettings outer) {
    boolean bert = outer.oneOf("model_class", List.of(BERT, ROBERTA)).equals(BERT);
    Map<String, String> tensors = new LinkedHashMap<>();
    (bert ? LINEAR : DENSE)
        .keySet()
        .forEach(ours -> PARAMETERS.forEach(p -> tensors.put(ours + p, ours + p)));
    return new HubHead(bert ? "linear" : "dense", bert, tensors);
  }

  private static HubHead read(JsonSettings settings, String name) {
    settings.known("num_labels", "num_choices", "label2id", "dropout_prob");
    settings.oneOf("head_type", HEADS);
    int layers = settings.number("layers");
    if (layers != 1 && layers != 2) {
      throw settings.wrong("layers", "found " + layers + "; allowed 1, 2");
    }
    settings.known("activation_function");
    if (layers == 2) {
      settings.require("activation_function", "tanh", "that of Trimtab's dense head");
    }
    settings.require("bias", "true", "Trimtab's heads have one");
    return of(layers, settings.truth("use_pooler"), own -> named(name, own));
  }

  private static String named(String name, String own) {
    return "heads." + name + "." + own;
  }

  /**
   * As YAML has it.
   *
   * @param promptFirst whether row 0, which it reads, is a virtual token
   */
  SavedHead settings(boolean promptFirst) {
    Pooling row = promptFirst ? Pooling.FIRST : Pooling.CLS;
    Pooling pooled = promptFirst ? Pooling.POOLER_FIRST : Pooling.POOLER;
    return new SavedHead(type, pooler ? pooled : row);
  }

  /**
   * The head of {@code model} as the library has it, called {@code name}.
   *
   * @throws Invalid for {@code head} or {@code task.spans} with what the library hasn't
   */
  static HubHead of(HeadConfig config, Model<?> model, boolean promptFirst, String name) {
    Set<ReadRows> reads = model.head().reads();
    if (reads.contains(ReadRows.SPANS)) {
      throw new Invalid(
          "task.spans", "the adapters library's heads read no marked places; allowed none");
    }
    Set<String> own =
        model.head().params().all().stream().map(Param::name).collect(Collectors.toSet());
    HubHead head =
        of(own.size() == PARAMETERS.size() ? 1 : 2, config.needsPooler(), n -> named(name, n));
    boolean rows =
        reads.equals(Set.of(ReadRows.FIRST))
            || (!promptFirst && reads.equals(Set.of(ReadRows.CLS)));
    boolean tanh = config.inner().filter(a -> a != DenseHeadConfig.Activation.TANH).isEmpty();
    if (!rows || !tanh || !head.tensors().keySet().equals(own)) {
      throw new Invalid(
          "head",
          "the adapters library's heads read row 0"
              + (promptFirst
                  ? ", the first virtual token; allowed pooling: first or pooler-first"
                  : "; allowed pooling: cls or pooler")
              + ", of the types linear and dense, with tanh between layers");
    }
    return head;
  }

  /** The library's keys for it. */
  Map<String, Object> keys(HubWriter.Description described) {
    Map<String, Object> keys = new LinkedHashMap<>();
    int layers = type.equals("linear") ? 1 : 2;
    keys.put("head_type", described.choices() > 1 ? "multiple_choice" : "classification");
    if (described.choices() > 1) {
      keys.put("num_choices", described.choices());
    } else {
      keys.put("num_labels", described.outputs());
      keys.put("bias", true);
    }
    keys.put("layers", layers);
    keys.put("activation_function", layers == 1 ? null : "tanh");
    keys.put("label2id", described.labelNumbers());
    keys.put("use_pooler", pooler);
    keys.put("dropout_prob", null);
    return keys;
  }
}
