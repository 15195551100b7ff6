package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.adapterhub.file.HubAdapter;
import org.trimtab.base.UserError;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.SafetensorsWriter;

/** Adapters of the adapters library that are damaged, another model's, or none of ours. */
class HubRefusalsTest {
  private static final MethodRegistry METHODS = MethodRegistry.installed();
  private static final String SETTINGS = "adapter_config.json";
  private static final String VALUES = "adapter.safetensors";
  private static final String HEAD_SETTINGS = "head_config.json";
  private static final String HEAD_VALUES = "model_head.safetensors";

  @TempDir Path folder = Path.of("");

  private static Path sample(String name) {
    return HubFolderTest.sample(name);
  }

  private static LoadedAdapter load(Path adapter, String family) {
    return HubFolderTest.load(adapter, family);
  }

  /** A copy of a sample with other settings and tensors. */
  private Path changed(
      String name,
      Consumer<ObjectNode> settings,
      Consumer<Map<String, HostTensor>> values,
      Consumer<ObjectNode> head) {
    Path source = sample(name);
    Path copy = folder.resolve("changed");
    try {
      Files.createDirectories(copy);
      write(source, copy, SETTINGS, settings);
      write(source, copy, HEAD_SETTINGS, head);
      Files.write(copy.resolve(HEAD_VALUES), Files.readAllBytes(source.resolve(HEAD_VALUES)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, HostTensor> tensors = new LinkedHashMap<>(Golden.tensors(source.resolve(VALUES)));
    values.accept(tensors);
    SafetensorsWriter.write(copy.resolve(VALUES), tensors, Map.of());
    return copy;
  }

  private static void write(Path from, Path to, String file, Consumer<ObjectNode> change)
      throws IOException {
    ObjectNode json = (ObjectNode) Json.read(from.resolve(file));
    change.accept(json);
    Files.writeString(to.resolve(file), Json.pretty(json));
  }

  private Path changed(String name, Consumer<ObjectNode> settings) {
    return changed(name, settings, tensors -> {}, head -> {});
  }

  /** A sample whose configuration, without what lies around it, has changed. */
  private Path configured(String name, Consumer<ObjectNode> config) {
    return changed(name, json -> config.accept((ObjectNode) json.path("config")));
  }

  private Path headed(Consumer<ObjectNode> config) {
    return changed(
        "bert/compacter",
        json -> {},
        tensors -> {},
        head -> config.accept((ObjectNode) head.path("config")));
  }

  private static void refused(Path adapter, String... parts) {
    Golden.folder(); // where it is missing, this is skipped
    assertThatThrownBy(() -> load(adapter, "bert").close())
        .isInstanceOf(UserError.class)
        .message()
        .doesNotContain("\n")
        .contains(parts);
  }

  @Test
  void anAdapterOfAnotherModelIsRefused() {
    refused(sample("roberta/houlsby"), "model_type: of another model; found roberta; allowed bert");
    refused(
        changed("bert/lora-of-class", json -> json.put("hidden_size", 64)),
        "hidden_size: of another model; found 64; allowed 32");
    refused(
        changed("bert/lora-of-class", json -> json.put("model_type", "gpt2")),
        "model_type: found \"gpt2\"; allowed bert, roberta");
    refused(
        changed(
            "bert/lora-of-class",
            json -> {},
            tensors -> tensors.keySet().removeIf(name -> name.contains("layer.2.")),
            head -> {}),
        "has no tensor 'encoder.layer.2.attention.self.query.loras.lora_A'",
        "of another model, or incomplete");
    refused(
        changed(
            "bert/lora-of-class",
            json -> {},
            tensors ->
                tensors.put(
                    "bert.encoder.layer.3.attention.self.query.loras.sample.lora_A",
                    HostTensor.of(new float[64], 2, 32)),
            head -> {}),
        "layer.3.attention.self.query.loras.sample.lora_A' belongs to no parameter");
  }

  @Test
  void tensorsOfOtherShapesAreRefused() {
    refused(
        configured("bert/lora-of-class", config -> config.put("r", 4)),
        "loras.sample.lora_A' has the shape [2, 32]; expected [4, 32], of the method");
    refused(
        configured("bert/compacter", config -> config.put("reduction_factor", 8)),
        "the shape [2, 1, 1]; expected [2, 1, 2]");
    Path unipelt =
        configured(
            "bert/unipelt",
            config -> ((ObjectNode) config.path("configs").path(0)).put("bottleneck_size", 5));
    refused(unipelt, "control_trans.0.weight' has the shape [3, 32]; expected [5, 32]");
  }

  @Test
  void keysThatChangeTheMathematicsAreRefused() {
    Map<String, Object> bottleneck = new LinkedHashMap<>();
    bottleneck.put("ln_before", true);
    bottleneck.put("ln_after", true);
    bottleneck.put("original_ln_after", false);
    bottleneck.put("inv_adapter", "nice");
    bottleneck.put("scaling", "learned");
    bottleneck.put("reduction_factor", 0.5);
    bottleneck.put("non_linearity", "leakyrelu");
    bottleneck.forEach((key, value) -> refusedKey("roberta/houlsby", key, value));
    Map<String, Object> phm = new LinkedHashMap<>();
    phm.put("shared_W_phm", true);
    phm.put("factorized_phm_rule", true);
    phm.put("factorized_phm_W", false);
    phm.put("phm_bias", false);
    phm.put("learn_phm", false);
    phm.put("scaling", 2.0);
    phm.forEach((key, value) -> refusedKey("bert/compacter", key, value));
    Map<String, Object> lora = new LinkedHashMap<>();
    lora.put("use_dora", true);
    lora.put("vera_d", 0.1);
    lora.put("attn_matrices", "x");
    lora.put("architecture", "mtl_lora");
    lora.forEach((key, value) -> refusedKey("bert/lora-of-class", key, value));
    refusedKey("roberta/prompt", "combine", "suffix");
    refused(
        configured(
            "bert/lora-of-class", config -> config.put("use_dora", true).put("unknown", true)),
        SETTINGS + ": config: use_dora: found true; allowed false");
  }

  private void refusedKey(String sample, String key, Object value) {
    Path adapter =
        configured(sample, config -> config.set(key, Json.parse(Json.line(value), "value")));
    refused(adapter, SETTINGS + ": config: " + key + ": ");
  }

  @Test
  void gatesThatNoPartHasAreRefused() {
    Path unipelt =
        configured(
            "bert/unipelt",
            config -> ((ObjectNode) config.path("configs").path(0)).put("shared_gating", false));
    refused(unipelt, "config: configs[0]: shared_gating: found false; allowed true");
    Path normalized =
        configured(
            "bert/unipelt",
            config ->
                ((ObjectNode) config.path("configs").path(1))
                    .put("residual_before_ln", "post_add"));
    refused(normalized, "configs[1]: residual_before_ln: found post_add; allowed true");
  }

  /** Releases before 1.1.0 scaled LoRA otherwise. */
  @Test
  void versionsAreTheLibrarys() {
    refused(
        changed("bert/lora-of-class", json -> json.put("version", "adapters.0.2.1")),
        "config: alpha: releases before adapters.1.1.0",
        "allowed that of r, 2");
    refused(
        changed("bert/lora-of-class", json -> json.remove("version")),
        "version: found none; allowed adapters.1.3.0 and the like");
  }

  @Test
  void tensorsAreThoseOfTheAdaptersName() {
    refused(
        changed("bert/lora-of-class", json -> json.put("name", "other")),
        "adapter.safetensors: has no tensor of an adapter called 'other', as adapter_config.json"
            + " calls it");
  }

  @Test
  void otherKeysAreNamed() {
    Path adapter =
        configured(
            "roberta/houlsby",
            config -> config.put("new_key", 3).put("dropout", 0.1).put("unset", false));
    assertThat(HubAdapter.read(adapter, METHODS).warning())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("keys that are not read: ")
                    .contains("config: dropout, new_key"));
    load(adapter, "roberta").close();
  }

  @Test
  void headsThatNoHeadIsEqualToAreRefused() {
    refused(
        headed(config -> config.put("head_type", "tagging")),
        HEAD_SETTINGS + ": config: head_type: found \"tagging\"; allowed classification");
    refused(headed(config -> config.put("layers", 3)), "layers: found 3; allowed 1, 2");
    refused(headed(config -> config.put("bias", false)), "bias: found false; allowed true");
    refused(
        headed(config -> config.put("layers", 2).put("activation_function", "relu")),
        "activation_function: found relu; allowed tanh");
    refused(
        changed(
            "bert/lora-of-class",
            json -> {},
            tensors -> {},
            head -> head.put("model_class", "BertForTokenClassification")),
        "model_class: found \"BertForTokenClassification\"; allowed BertForSequenceClassification");
    refused(
        headed(config -> config.put("layers", 2)),
        "model_head.safetensors: tensor 'heads.sample.1.weight' has the shape [3, 32]; expected"
            + " [32, 32], of the head");
  }

  @Test
  void filesThatAreNoneAreRefused() throws IOException {
    Path adapter = changed("bert/lora-of-class", json -> {});
    byte[] whole = Files.readAllBytes(adapter.resolve(VALUES));
    Files.write(adapter.resolve(VALUES), Arrays.copyOf(whole, whole.length / 2));
    refused(adapter, VALUES);
    Files.move(adapter.resolve(VALUES), adapter.resolve("pytorch_adapter.bin"));
    refused(adapter, "pytorch_adapter.bin: a pickle, ", "use_safetensors=True");
    Files.delete(adapter.resolve("pytorch_adapter.bin"));
    refused(adapter, "has no adapter.safetensors");
    Files.write(adapter.resolve(VALUES), whole);
    Files.move(adapter.resolve(HEAD_VALUES), adapter.resolve("pytorch_model_head.bin"));
    refused(adapter, "pytorch_model_head.bin: a pickle, ");
    Files.delete(adapter.resolve("pytorch_model_head.bin"));
    refused(adapter, "has no model_head.safetensors");
    Files.delete(adapter.resolve(HEAD_SETTINGS));
    assertThat(HubAdapter.read(adapter, METHODS).hasHead()).isFalse();
  }

  /** A tool that writes shared tensors apart, or once, under whatever name. */
  @Test
  void aPrefixMayStandUnderItsLayers() {
    Path copied =
        changed(
            "bert/unipelt",
            json -> {},
            tensors -> {
              Map<String, HostTensor> more = new TreeMap<>();
              tensors.forEach(
                  (name, tensor) -> {
                    String pool = "bert.encoder.layer.1.attention.self.prefix_tuning.pool.";
                    if (name.startsWith("bert.prefix_tuning.")) {
                      more.put(name.replace("bert.prefix_tuning.", pool), tensor);
                    }
                  });
              tensors.keySet().removeIf(name -> name.startsWith("bert.prefix_tuning."));
              tensors.putAll(more);
            },
            head -> {});
    try (LoadedAdapter one = load(sample("bert/unipelt"), "bert");
        LoadedAdapter other = load(copied, "bert")) {
      assertThat(other.logits(sample("bert/unipelt")))
          .isEqualTo(one.logits(sample("bert/unipelt")));
    }
  }
}
