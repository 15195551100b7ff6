package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.family.FamilyKinds;
import org.trimtab.golden.Golden;
import org.trimtab.golden.GoldenCase;
import org.trimtab.peft.file.PeftAdapter;
import org.trimtab.peft.file.PeftWriter;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.HostTensor;

/**
 * PEFT's folders of classifiers other than BERT's, loaded as a run loads them, and written back.
 */
class PeftFamiliesTest {
  private static final MethodRegistry METHODS = MethodRegistry.installed();
  private static final String VALUES = "adapter_model.safetensors";

  @TempDir Path folder = Path.of("");

  private static Stream<GoldenCase> classifiers() {
    return Stream.concat(
            Stream.of("distilbert", "electra", "xlm-roberta")
                .flatMap(family -> Golden.families("peft/" + family).stream()),
            Golden.cases("peft/llama-classifier").stream())
        .filter(path -> !path.endsWith("llama-classifier/prompt"))
        .map(path -> new GoldenCase(path, name -> name));
  }

  private static PeftAdapter read(GoldenCase golden, Path folder) {
    String family = FamilyKinds.ALL.read(golden.backbone()).architecture().family();
    return PeftAdapter.read(folder, METHODS, Optional.of(family));
  }

  private static LoadedAdapter load(GoldenCase golden, Path folder, int classes) {
    return LoadedAdapter.of(read(golden, folder), golden.backbone(), classes, METHODS);
  }

  @TestFactory
  Stream<DynamicTest> logitsAreTheReferencesAndReturn() {
    return classifiers()
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> agrees(golden)));
  }

  private void agrees(GoldenCase golden) {
    HostTensor logits =
        Golden.get(Golden.tensors(golden.path().resolve("expected.safetensors")), "logits");
    Path written = folder.resolve(golden.name());
    int classes = (int) logits.shape()[1];
    try (LoadedAdapter loaded = load(golden, golden.path(), classes)) {
      double[] own = loaded.logits(golden.path());
      assertThat(Golden.difference(own, logits.doubles())).isLessThan(Golden.tolerance(logits));
      PeftAdapter adapter = read(golden, golden.path());
      new PeftWriter(METHODS).write(written, loaded.model(), adapter.method(), loaded.head());
      try (LoadedAdapter again = load(golden, written, classes)) {
        assertThat(again.logits(golden.path())).isEqualTo(own);
      }
    }
    Map<String, HostTensor> expected = new TreeMap<>(Golden.tensors(golden.path().resolve(VALUES)));
    Map<String, HostTensor> found = Golden.tensors(written.resolve(VALUES));
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    found.forEach(
        (name, tensor) ->
            assertThat(tensor.doubles()).as(name).isEqualTo(Golden.get(expected, name).doubles()));
  }

  /** Without its family an ELECTRA's prefix looks like a RoBERTa's: their heads' tensors do. */
  @Test
  void aHeadThatLooksLikeAnothersIsRefused() {
    GoldenCase golden = golden(Golden.families("peft/electra"), "prefix");
    PeftAdapter adapter = PeftAdapter.read(golden.path(), METHODS);
    assertThatThrownBy(() -> LoadedAdapter.of(adapter, golden.backbone(), 3, METHODS).close())
        .isInstanceOf(UserError.class)
        .message()
        .contains("its head was read as that of a roberta", "found the backbone of a electra");
  }

  private static GoldenCase golden(List<Path> cases, String name) {
    return cases.stream()
        .filter(path -> path.endsWith(name))
        .map(path -> new GoldenCase(path, own -> own))
        .findFirst()
        .orElseThrow();
  }

  /** PEFT leaves two thirds of ModernBERT's head frozen, and out of the file. */
  @Test
  void aHeadThatIsNotWholeIsRefused() {
    GoldenCase golden = golden(Golden.families("peft/modernbert"), "lora");
    assertThatThrownBy(() -> load(golden, golden.path(), 3).close())
        .isInstanceOf(UserError.class)
        .message()
        .doesNotContain("\n")
        .contains("has no tensor 'head.dense.weight', which PEFT leaves in the model's own files");
  }

  /** PEFT reads the last row of a batch there; of a text without padding that is the last token. */
  @Test
  void aPromptOnLlamasClassifierAgreesWhereNothingIsPadded() {
    GoldenCase golden = golden(Golden.cases("peft/llama-classifier"), "prompt");
    HostTensor logits =
        Golden.get(Golden.tensors(golden.path().resolve("expected.safetensors")), "logits");
    int classes = (int) logits.shape()[1];
    assertThat(read(golden, golden.path()).warning().orElseThrow())
        .contains("with a prompt PEFT reads the last row of a batch, padding or not");
    try (LoadedAdapter loaded = load(golden, golden.path(), classes)) {
      double[] own = Arrays.copyOf(loaded.logits(golden.path()), classes);
      double[] expected = Arrays.copyOf(logits.doubles(), classes); // of the longest text
      assertThat(Golden.difference(own, expected)).isLessThan(Golden.tolerance(logits));
    }
  }

  @Test
  void whatSaysHowFilesLieIsNoUnreadKey() {
    GoldenCase golden = golden(Golden.families("peft/gpt2"), "lora");
    assertThat(read(golden, golden.path()).warning()).isEmpty();
  }
}
