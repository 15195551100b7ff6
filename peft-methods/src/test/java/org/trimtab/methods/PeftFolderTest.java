package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.peft.file.PeftAdapter;
import org.trimtab.peft.file.PeftWriter;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.SafetensorsWriter;

/** The adapter folders of Hugging Face PEFT, loaded as a run loads them, and written back. */
class PeftFolderTest {
  private static final MethodRegistry METHODS = MethodRegistry.installed();
  private static final String SETTINGS = "adapter_config.json";
  private static final String VALUES = "adapter_model.safetensors";

  @TempDir Path folder = Path.of("");

  private static LoadedAdapter load(Path adapter, String family, int classes) {
    return LoadedAdapter.of(PeftAdapter.read(adapter, METHODS), family, classes, METHODS);
  }

  private static Stream<Path> adapters() {
    return Stream.of("bert", "roberta")
        .flatMap(family -> Golden.cases("peft/" + family).stream())
        .filter(path -> Files.exists(path.resolve(SETTINGS)));
  }

  private static String family(Path golden) {
    return golden.getName(golden.getNameCount() - 2).toString();
  }

  private static Path golden(String name) {
    return Golden.folder().resolve("peft").resolve(name);
  }

  @TestFactory
  Stream<DynamicTest> logitsAreTheReferences() {
    return adapters()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    family(path) + "/" + path.getFileName(), () -> agrees(path)));
  }

  private static void agrees(Path golden) {
    HostTensor logits =
        Golden.get(Golden.tensors(golden.resolve("expected.safetensors")), "logits");
    try (LoadedAdapter loaded = load(golden, family(golden), (int) logits.shape()[1])) {
      double difference = Golden.difference(loaded.logits(golden), logits.doubles());
      System.out.printf("%s: %.1e%n", golden, difference);
      assertThat(difference).isLessThan(Golden.tolerance(logits));
    }
  }

  @TestFactory
  Stream<DynamicTest> whatIsWrittenIsWhatWasRead() {
    return adapters()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    family(path) + "/" + path.getFileName(), () -> returns(path)));
  }

  private void returns(Path golden) throws IOException {
    Path written = folder.resolve(golden.getFileName());
    PeftAdapter before = PeftAdapter.read(golden, METHODS);
    try (LoadedAdapter loaded = load(golden, family(golden), 3)) {
      new PeftWriter(METHODS).write(written, loaded.model(), before.method(), loaded.head());
      assertThat(PeftAdapter.read(written, METHODS).warning()).isEmpty();
      try (LoadedAdapter again = load(written, family(golden), 3)) {
        assertThat(again.logits(golden)).isEqualTo(loaded.logits(golden));
      }
    }
    Map<String, HostTensor> expected = new TreeMap<>(Golden.tensors(golden.resolve(VALUES)));
    expected.keySet().removeIf(n -> n.contains("original_module") || n.contains("modules_to_save"));
    Map<String, HostTensor> found = Golden.tensors(written.resolve(VALUES));
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    found.forEach(
        (name, tensor) -> {
          assertThat(tensor.shape()).as(name).isEqualTo(Golden.get(expected, name).shape());
          assertThat(tensor.doubles()).as(name).isEqualTo(Golden.get(expected, name).doubles());
        });
    JsonNode theirs = Json.read(golden.resolve(SETTINGS));
    JsonNode ours = Json.read(written.resolve(SETTINGS));
    ours.properties().stream()
        .filter(e -> !e.getKey().equals("target_modules")) // the tensors say what they mean
        .forEach(
            e ->
                assertThat(plain(e.getValue()))
                    .as(e.getKey())
                    .isEqualTo(plain(theirs.path(e.getKey()))));
  }

  /** Lists are sets, numbers are values; layers are named by paths. */
  private static Object plain(JsonNode node) {
    if (node.isArray()) {
      Set<String> texts = new TreeSet<>();
      node.forEach(text -> texts.add(text.asText()));
      return texts;
    }
    if (node.isObject()) {
      Map<String, Object> values = new TreeMap<>();
      node.properties().forEach(e -> values.put(e.getKey(), plain(e.getValue())));
      return values;
    }
    return node.isNumber() ? (Object) node.doubleValue() : node.asText();
  }

  @Test
  void nothingButStableKeysIsWritten() throws IOException {
    returns(golden("bert/lora"));
    List<String> keys = new ArrayList<>();
    Json.read(folder.resolve("lora").resolve(SETTINGS)).fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .isSorted()
        .containsExactly(
            "alpha_pattern",
            "base_model_name_or_path",
            "bias",
            "fan_in_fan_out",
            "inference_mode",
            "init_lora_weights",
            "lora_alpha",
            "lora_dropout",
            "modules_to_save",
            "peft_type",
            "r",
            "rank_pattern",
            "target_modules",
            "task_type");
  }

  /** A copy of a golden adapter with other settings and tensors. */
  private Path changed(
      String name, Consumer<ObjectNode> settings, Consumer<Map<String, HostTensor>> values) {
    Path source = golden(name);
    Path copy = folder.resolve("changed");
    try {
      Files.createDirectories(copy);
      ObjectNode json = (ObjectNode) Json.read(source.resolve(SETTINGS));
      settings.accept(json);
      Files.writeString(copy.resolve(SETTINGS), Json.pretty(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, HostTensor> tensors = new LinkedHashMap<>(Golden.tensors(source.resolve(VALUES)));
    values.accept(tensors);
    SafetensorsWriter.write(copy.resolve(VALUES), tensors, Map.of());
    return copy;
  }

  private static void refused(Path adapter, String... parts) {
    assertThatThrownBy(() -> load(adapter, "bert", 3).close())
        .isInstanceOf(UserError.class)
        .message()
        .doesNotContain("\n")
        .contains(parts);
  }

  private Path changed(String name, Consumer<ObjectNode> settings) {
    return changed(name, settings, tensors -> {});
  }

  @Test
  void anAdapterOfAnotherModelIsRefused() {
    refused(golden("roberta/lora"), "an adapter of a roberta; found the backbone of a bert");
    refused(
        changed("bert/prefix", json -> json.put("num_layers", 6).put("token_dim", 16)),
        "token_dim: of another model; found 16; allowed 32");
    refused(
        changed(
            "bert/lora",
            json -> {},
            tensors -> tensors.keySet().removeIf(name -> name.contains("layer.2."))),
        "has no tensor 'encoder.layer.2.attention.self.query.lora_A.weight'",
        "of another model, or incomplete");
    refused(
        changed(
            "bert/lora",
            json -> {},
            tensors ->
                tensors.put(
                    "base_model.model.bert.encoder.layer.3.attention.self.query.lora_A.weight",
                    HostTensor.of(new float[128], 4, 32))),
        "encoder.layer.3.attention.self.query.lora_A.weight' belongs to no parameter");
  }

  @Test
  void tensorsOfOtherShapesAreRefused() {
    refused(
        changed(
            "bert/lora",
            json -> {},
            tensors ->
                tensors.put(
                    "base_model.model.classifier.weight", HostTensor.of(new float[64], 2, 32))),
        "classifier.weight' has the shape [2, 32]; expected [3, 32], of the head");
    refused(
        changed("bert/lora", json -> json.put("r", 8)),
        "lora_A.weight' has the shape [4, 32]; expected [8, 32], of the method");
  }

  @Test
  void aMissingHeadIsRefused() {
    refused(
        changed(
            "bert/prompt",
            json -> {},
            tensors -> tensors.keySet().removeIf(name -> name.contains("classifier"))),
        "has no head, which a SEQ_CLS adapter must have");
    refused(
        changed("bert/prompt", json -> {}, tensors -> tensors.remove("base_model.classifier.bias")),
        "has no tensor 'classifier.bias'");
  }

  @Test
  void keysThatChangeTheMathematicsAreRefused() {
    for (String key : List.of("lora_bias", "use_qalora", "use_bdlora")) {
      refused(
          changed("bert/lora", json -> json.put(key, true)),
          SETTINGS + ": " + key + ": changes what the adapter computes");
    }
    refused(
        changed("bert/lora", json -> json.put("init_lora_weights", "pissa")),
        "init_lora_weights: changes the frozen weights too; found pissa; allowed true, false");
    refused(
        changed("bert/lora", json -> json.putArray("modules_to_save").add("word_embeddings")),
        "modules_to_save: found word_embeddings; allowed classifier, score, pooler");
  }

  @Test
  void otherKeysAreNamed() {
    Path adapter =
        changed(
            "bert/lora",
            json ->
                json.put("fan_in_fan_out", true)
                    .put("new_key", 3)
                    .put("unset", false)
                    .put("revision", "main"));
    assertThat(PeftAdapter.read(adapter, METHODS).warning())
        .hasValueSatisfying(
            text -> assertThat(text).endsWith("keys that are not read: fan_in_fan_out, new_key"));
    load(adapter, "bert", 3).close();
    assertThat(PeftAdapter.read(golden("bert/lora"), METHODS).warning()).isEmpty();
  }

  @Test
  void settingsThatAreNoneAreRefused() throws IOException {
    refused(
        changed("bert/lora", json -> json.put("peft_type", "VERA")),
        "peft_type: found \"VERA\"; allowed IA3, LN_TUNING, LORA, PREFIX_TUNING, PROMPT_TUNING");
    refused(changed("bert/lora", json -> json.remove("r")), "no field 'r'");
    refused(changed("bert/lora", json -> json.put("r", 0)), SETTINGS + ": method.rank: ");
    refused(
        changed("bert/lora", json -> json.put("task_type", "TOKEN_CLS")),
        "task_type: found TOKEN_CLS; allowed SEQ_CLS, CAUSAL_LM, FEATURE_EXTRACTION, or none");
    Path adapter = changed("bert/lora", json -> {});
    Files.writeString(adapter.resolve(SETTINGS), "r: 4");
    refused(adapter, SETTINGS + ":1:");
  }

  @Test
  void valuesThatAreNoneAreRefused() throws IOException {
    refused(
        changed(
            "bert/lora",
            json -> {},
            tensors ->
                tensors.put(
                    "base_model.model.classifier.bias",
                    HostTensor.of(new float[] {1, Float.NaN, 0}, 3))),
        "classifier.bias' holds 1 of 3 values that are not finite");
    Path adapter = changed("bert/lora", json -> {});
    byte[] whole = Files.readAllBytes(adapter.resolve(VALUES));
    Files.write(adapter.resolve(VALUES), java.util.Arrays.copyOf(whole, whole.length / 2));
    refused(adapter, VALUES);
    Files.move(adapter.resolve(VALUES), adapter.resolve("adapter_model.bin"));
    refused(adapter, "adapter_model.bin: a pickle, which runs code when it is read");
    Files.delete(adapter.resolve("adapter_model.bin"));
    refused(adapter, "has no adapter_model.safetensors");
    Files.delete(adapter.resolve(SETTINGS));
    refused(
        adapter,
        "no adapter of Hugging Face PEFT or of the adapters library: it has no adapter_config.json");
    refused(adapter.resolve("nowhere"), "there is no such folder");
  }

  @Test
  void anAdapterWithANameIsFoundInItsFolder() throws IOException {
    Path adapter = changed("bert/lora", json -> {});
    Path all = Files.createDirectory(folder.resolve("all"));
    Path named = all.resolve("mine");
    Files.move(adapter, named);
    load(all, "bert", 3).close();
    Files.move(changed("bert/lora", json -> {}), all.resolve("other"));
    refused(all, "holds several adapters; allowed the folder of one: ", "all/other");
  }

  /** PEFT's all-linear names the head's own layers too, which it then saves whole. */
  @Test
  void aTargetOfTheHeadAloneIsLeftOut() {
    Path adapter =
        changed(
            "roberta/lora",
            json -> json.putArray("target_modules").add("query").add("value").add("out_proj"));
    load(adapter, "roberta", 3).close();
  }

  /** Patterns, exclusions and all-linear mean the modules that have tensors. */
  @Test
  void targetsAreReadFromTensorsWhereTheyAreNoList() {
    Path golden = golden("bert/lora");
    try (LoadedAdapter plain = load(golden, "bert", 3)) {
      List<Consumer<ObjectNode>> ways =
          List.of(
              json -> json.put("target_modules", ".*self\\.(query|value)"),
              json -> json.putArray("target_modules").add("query").add("value").add("key"));
      for (Consumer<ObjectNode> way : ways) {
        Path adapter =
            changed(
                "bert/lora",
                json -> {
                  way.accept(json);
                  json.putArray("exclude_modules").add("key");
                });
        try (LoadedAdapter other = load(adapter, "bert", 3)) {
          assertThat(other.logits(golden)).isEqualTo(plain.logits(golden));
        }
      }
    }
  }
}
