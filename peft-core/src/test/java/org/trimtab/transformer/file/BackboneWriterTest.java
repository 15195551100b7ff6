package org.trimtab.transformer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Point;
import org.trimtab.family.FamilyKinds;
import org.trimtab.golden.Golden;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** What is written is what was read, in the files' own names and matrices. */
class BackboneWriterTest {
  /** Of other stacks than one. */
  private static final Set<String> OTHERS = Set.of("t5", "t5-gated");

  @TempDir Path folder = Path.of("");

  @TestFactory
  Stream<DynamicTest> everyBackboneComesBackBitForBit() {
    return Stream.concat(Golden.cases("backbones").stream(), Golden.families("backbones").stream())
        .filter(path -> !OTHERS.contains(path.getFileName().toString()))
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> comesBack(path)));
  }

  private void comesBack(Path model) throws IOException {
    Map<String, HostTensor> original = Golden.tensors(model.resolve("model.safetensors"));
    Path copy = Files.createDirectory(folder.resolve(model.getFileName()));
    BackboneOptions options = options(model, original);
    Map<String, HostTensor> read = values(model, options);
    ConfigKeys config = ConfigKeys.read(model.resolve("config.json"));
    new BackboneWriter(architecture(model), config).write(copy, read);

    requireSame(values(copy, options), read);
    Map<String, HostTensor> written = Golden.tensors(copy.resolve("model.safetensors"));
    assertThat(original.keySet()).containsAll(written.keySet());
    written.forEach((name, tensor) -> requireSame(name, tensor, Golden.get(original, name)));
    Set<String> heads = Set.copyOf(written.keySet());
    assertThat(original.keySet())
        .allMatch(name -> heads.contains(name) || isOfAHead(name), "written, or a head's");
    assertThat(FamilyKinds.ALL.read(copy).warnings())
        .hasSameSizeAs(FamilyKinds.ALL.read(model).warnings());
  }

  private static boolean isOfAHead(String name) {
    return Stream.of("classifier", "score", "head", "pooler", "pre_classifier")
        .anyMatch(head -> name.startsWith(head + "."));
  }

  private static BackboneOptions options(Path model, Map<String, HostTensor> tensors) {
    boolean pooler =
        architecture(model).spec().textStack().points().contains(Point.POOLER)
            && tensors.keySet().stream().anyMatch(name -> name.endsWith(".pooler.dense.weight"));
    return new BackboneOptions(
        Tuning.FROZEN, pooler ? PoolerMode.FROZEN : PoolerMode.NONE, DropoutRates.NONE);
  }

  private static Architecture architecture(Path model) {
    return FamilyKinds.ALL.read(model).architecture();
  }

  private static Map<String, HostTensor> values(Path model, BackboneOptions options) {
    try (Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone = Backbones.load(model, options, tensors)) {
      return BackboneWriter.values(backbone);
    }
  }

  private static void requireSame(Map<String, HostTensor> found, Map<String, HostTensor> expected) {
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    found.forEach((name, tensor) -> requireSame(name, tensor, Golden.get(expected, name)));
  }

  private static void requireSame(String name, HostTensor found, HostTensor expected) {
    assertThat(found.shape()).as(name).isEqualTo(expected.shape());
    assertThat(found.floats()).as(name).isEqualTo(expected.floats());
  }

  @Test
  void aMatrixOfWhichPartsAreMissingIsRefused() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("model_type", "gpt2");
    List.of("n_embd", "n_head", "n_layer", "vocab_size", "n_positions")
        .forEach(key -> keys.put(key, 2));
    ConfigKeys config = ConfigKeys.of(keys, "test");
    Architecture architecture = FamilyKinds.ALL.read(config).architecture();
    Map<String, HostTensor> weights = new LinkedHashMap<>(InitialWeights.of(architecture, 1));
    weights.remove("h.1.attn.c_attn.key.weight");
    assertThatThrownBy(() -> new BackboneWriter(architecture, config).write(folder, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parts of 'h.1.attn.c_attn.weight' are missing");
  }
}
