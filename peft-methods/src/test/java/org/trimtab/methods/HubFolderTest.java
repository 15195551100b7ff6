package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.adapterhub.file.HubAdapter;
import org.trimtab.adapterhub.file.HubWriter;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.SafetensorsWriter;

/** The adapter folders of the adapters library, loaded as a run loads them, and written back. */
class HubFolderTest {
  private static final MethodRegistry METHODS = MethodRegistry.installed();
  private static final String SETTINGS = "adapter_config.json";
  private static final String VALUES = "adapter.safetensors";
  private static final String HEAD_SETTINGS = "head_config.json";
  private static final String HEAD_VALUES = "model_head.safetensors";
  private static final List<String> SAMPLES =
      List.of(
          "bert/unipelt",
          "bert/compacter",
          "bert/lora-of-class",
          "roberta/prompt",
          "roberta/houlsby");

  @TempDir Path folder = Path.of("");

  static Path sample(String name) {
    return Path.of("src/test/resources/adapters").resolve(name);
  }

  private static String family(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  static LoadedAdapter load(Path adapter, String family) {
    return LoadedAdapter.of(HubAdapter.read(adapter, METHODS), family, 3, METHODS);
  }

  @TestFactory
  Stream<DynamicTest> logitsAreTheLibrarys() {
    return SAMPLES.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> agrees(sample(name), sample(name), family(name))));
  }

  /** The recorded cases have a configuration and tensors, which make a folder. */
  @TestFactory
  Stream<DynamicTest> recordedCasesAreTheLibrarys() {
    return Golden.cases("adapters/bert").stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.getFileName().toString(), () -> agrees(made(golden), golden, "bert")));
  }

  private static void agrees(Path adapter, Path recorded, String family) {
    HostTensor logits =
        Golden.get(Golden.tensors(recorded.resolve("expected.safetensors")), "logits");
    assertThat(HubAdapter.read(adapter, METHODS).warning()).isEmpty();
    try (LoadedAdapter loaded = load(adapter, family)) {
      double difference = Golden.difference(loaded.logits(recorded), logits.doubles());
      System.out.printf("%s: %.1e%n", adapter, difference);
      assertThat(difference).isLessThan(Golden.tolerance(logits));
    }
  }

  /** What the library would have saved of a golden case. */
  private Path made(Path golden) throws IOException {
    Path made = Files.createDirectory(folder.resolve(golden.getFileName()));
    Map<String, HostTensor> values = new TreeMap<>();
    Map<String, HostTensor> head = new TreeMap<>();
    Golden.tensors(golden.resolve("trainable.safetensors"))
        .forEach((name, t) -> (name.startsWith("classifier.") ? head : values).put(name, t));
    SafetensorsWriter.write(made.resolve(VALUES), values, Map.of());
    SafetensorsWriter.write(made.resolve(HEAD_VALUES), head, Map.of());
    ObjectNode outer = (ObjectNode) Json.read(sample("bert/lora-of-class").resolve(SETTINGS));
    outer.put("name", "t").set("config", Json.read(golden.resolve("case.json")).path("config"));
    Files.writeString(made.resolve(SETTINGS), Json.pretty(outer));
    Files.copy(sample("bert/lora-of-class").resolve(HEAD_SETTINGS), made.resolve(HEAD_SETTINGS));
    return made;
  }

  @TestFactory
  Stream<DynamicTest> whatIsWrittenIsWhatWasRead() {
    return SAMPLES.stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> returns(sample(name), family(name))));
  }

  @TestFactory
  Stream<DynamicTest> recordedCasesAreWritten() {
    return Golden.cases("adapters/bert").stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.getFileName().toString(), () -> returns(made(golden), "bert")));
  }

  private void returns(Path adapter, String family) throws IOException {
    Path inputs = sample(family.equals("bert") ? "bert/unipelt" : "roberta/prompt");
    Path written = folder.resolve("written");
    HubAdapter before = HubAdapter.read(adapter, METHODS);
    try (LoadedAdapter loaded = load(adapter, family)) {
      write(written, loaded, before);
      assertThat(HubAdapter.read(written, METHODS).warning()).isEmpty();
      try (LoadedAdapter again = load(written, family)) {
        assertThat(again.logits(inputs)).isEqualTo(loaded.logits(inputs));
      }
      // What is made of both is the same, byte for byte.
      Path twice = folder.resolve("twice");
      try (LoadedAdapter again = load(written, family)) {
        write(twice, again, HubAdapter.read(written, METHODS));
      }
      for (String file : List.of(SETTINGS, VALUES, HEAD_SETTINGS, HEAD_VALUES)) {
        assertThat(twice.resolve(file)).as(file).hasSameBinaryContentAs(written.resolve(file));
      }
    }
  }

  private static void write(Path to, LoadedAdapter loaded, HubAdapter adapter) {
    HubWriter.Description described =
        new HubWriter.Description("a task: 1", List.of("no", "yes", "maybe"), 1);
    new HubWriter(METHODS).write(to, loaded.model(), adapter.method(), loaded.head(), described);
  }

  /** Those that have no MLP hold the library's own tensors again, by its own names. */
  @Test
  void tensorsAreTheLibrarysOwn() throws IOException {
    for (String name : List.of("bert/compacter", "roberta/prompt")) {
      returns(sample(name), family(name));
      for (String file : List.of(VALUES, HEAD_VALUES)) {
        Map<String, HostTensor> found = new TreeMap<>();
        Golden.tensors(folder.resolve("written").resolve(file))
            .forEach((n, tensor) -> found.put(n.replace(".a-task-1.", ".sample."), tensor));
        Map<String, HostTensor> expected = Golden.tensors(sample(name).resolve(file));
        assertThat(found).containsOnlyKeys(expected.keySet());
        found.forEach(
            (n, tensor) -> {
              assertThat(tensor.shape()).as(n).isEqualTo(Golden.get(expected, n).shape());
              assertThat(tensor.doubles()).as(n).isEqualTo(Golden.get(expected, n).doubles());
            });
      }
    }
  }
}
