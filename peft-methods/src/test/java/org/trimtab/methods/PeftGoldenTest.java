package org.trimtab.methods;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.adapter.SavedHead;
import org.trimtab.family.FamilyKinds;
import org.trimtab.golden.ClassifierTask;
import org.trimtab.golden.Golden;
import org.trimtab.golden.GoldenCase;
import org.trimtab.golden.GoldenTask;
import org.trimtab.golden.LanguageModelTask;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.peft.file.PeftAdapter;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.transformer.options.Tuning;

/** Every method that Hugging Face PEFT has, its adapter directories read as they are. */
class PeftGoldenTest {
  private static final MethodRegistry METHODS = MethodRegistry.installed();

  /** Those whose classifier's last layer is called as others' whole. */
  private static final List<String> TWO_LAYERS = List.of("distilbert", "modernbert");

  /** Backbones and cases that don't agree yet, each with the reason. */
  private static final Map<String, String> NOT_YET_COVERED =
      Map.of(
          "t5", "there is no such backbone yet",
          "t5-gated", "there is no such backbone yet",
          "deberta-v2", "there is no such backbone yet",
          "llama-classifier/prompt",
              "with a prompt PEFT reads the last row of the batch, padding or not; below, without");

  @TestFactory
  Stream<DynamicTest> cases() {
    return tests(Golden.cases("peft"));
  }

  @TestFactory
  Stream<DynamicTest> families() {
    return tests(Golden.families("peft"));
  }

  private static Stream<DynamicTest> tests(List<Path> backbones) {
    return backbones.stream()
        .filter(backbone -> !NOT_YET_COVERED.containsKey(backbone.getFileName().toString()))
        .flatMap(backbone -> Golden.below(backbone).stream())
        .map(path -> new GoldenCase(path, name -> ours(path, name)))
        .filter(golden -> !NOT_YET_COVERED.containsKey(golden.name()))
        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> check(golden)));
  }

  private static void check(GoldenCase golden) {
    if (golden.path().getFileName().toString().equals("full")) {
      golden.agrees(setup -> new HeadOnly().create(new HeadOnlyConfig(), setup), Tuning.FULL);
      return;
    }
    String family = FamilyKinds.ALL.read(golden.backbone()).architecture().family();
    PeftAdapter adapter = PeftAdapter.read(golden.path(), METHODS, Optional.of(family));
    Optional<SavedHead> head = adapter.headSettings();
    GoldenTask<?> task =
        head.isPresent()
            ? new ClassifierTask(LoadedAdapter.head(head.get()))
            : new LanguageModelTask();
    golden.agrees(setup -> METHODS.create(adapter.method(), setup), Tuning.FROZEN, task);
  }

  /** PEFT's names as ours. */
  private static String ours(Path path, String name) {
    if (path.getFileName().toString().equals("full")) {
      return name.replaceFirst("^(bert|roberta)\\.", "backbone.");
    }
    boolean twoLayers =
        TWO_LAYERS.contains(
            Optional.ofNullable(path.getParent()).orElseThrow().getFileName().toString());
    boolean folded = !Files.exists(path.resolve("trainable.safetensors"));
    if (folded && name.equals("prompt_encoder.default.embedding.weight")) {
      return "prompt_embeddings";
    }
    return name.replaceFirst("^base_model\\.(model\\.)?", "")
        .replaceFirst("^(bert|roberta|distilbert|electra|model|transformer)\\.", "")
        .replace("modules_to_save.default.", "")
        .replace("modules_to_save.", "")
        .replaceFirst(
            twoLayers ? "^classifier\\." : "^score\\.",
            twoLayers ? "classifier.out_proj." : "classifier.")
        .replaceFirst("^(pre_classifier|head\\.dense)\\.", "classifier.dense.")
        .replaceFirst("^head\\.norm\\.", "classifier.norm.")
        .replace("base_layer.", "")
        .replace("ln_tuning_layers.", "")
        .replace("lora_magnitude_vector.default.weight", "lora_magnitude_vector")
        .replaceFirst("ia3_l\\.default$", "ia3_l")
        .replaceFirst("down_proj\\.ia3_l", "inner.ia3_l")
        .replaceFirst("attention\\.output\\.dense\\.ia3_l", "attention.inner.ia3_l")
        .replaceFirst("(?<=\\d\\.)output\\.dense\\.ia3_l", "ffn.inner.ia3_l")
        .replace("prompt_encoder.default.", "")
        .replace(".default.", ".");
  }
}
